// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.plancheck.checks.ApiException;
import dev.plancheck.checks.ApiException.Code;
import dev.plancheck.checks.policy.PoliciesInForce.Ruling;
import dev.plancheck.checks.policy.PolicyScope;
import dev.plancheck.checks.policy.PolicyText;
import dev.plancheck.checks.policy.ReviewPolicies;
import dev.plancheck.checks.policy.ReviewPolicies.Draft;
import dev.plancheck.checks.policy.ReviewPolicy;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every [ReviewPolicies] does.
public abstract class ReviewPoliciesContract extends StorageContract {
  private static final PolicyText TEXT = PolicyText.of("rules: {} # 😀 \0 é\n");

  @BeforeEach
  final void createProjects() {
    ports().projects().create(Samples.project("shop"));
    ports().projects().create(Samples.project("other"));
  }

  @Test
  void storesAPolicyAsItWasGiven() {
    var scope = new PolicyScope("shop", "production");
    var created = policies().create(new Draft("strict", "Title é \0", scope, TEXT, "users/ann"));

    assertThat(created.id()).isEqualTo("strict");
    assertThat(created.title()).isEqualTo("Title é \0");
    assertThat(created.scope()).isEqualTo(scope);
    assertThat(created.text()).isEqualTo(TEXT);
    assertThat(created.version()).isEqualTo(1);
    assertThat(created.updatedBy()).isEqualTo("users/ann");
    assertThat(created.createdAt()).isEqualTo(created.updatedAt());
    assertThat(policies().get("strict")).contains(created);
    assertThat(policies().get("none")).isEmpty();
    assertThat(policies().text(TEXT.hash())).contains(TEXT);
  }

  @Test
  void governsAScopeAlone() {
    create("everything", null, null);
    create("project", "shop", null);
    create("environment", null, "production");
    create("both", "shop", "production");
    create("other", "other", "production");

    for (var taken : policies().list(10, "")) {
      assertThatExceptionOfType(ApiException.class)
          .isThrownBy(() -> create("again", taken.scope().project(), taken.scope().environment()))
          .withMessage(
              "reviewPolicies/%s governs %s already (expected: one policy per scope; change that one)"
                  .formatted(taken.id(), taken.scope().words()))
          .satisfies(refusal -> assertThat(refusal.code()).isEqualTo(Code.ALREADY_EXISTS));
    }
    assertRefused(Code.ALREADY_EXISTS, () -> create("both", "other", null));
    assertThat(policies().list(10, "")).hasSize(5);
  }

  @Test
  void isForWhatExists() {
    assertThatExceptionOfType(ApiException.class)
        .isThrownBy(() -> create("one", "nowhere", null))
        .withMessageContaining("projects/nowhere")
        .satisfies(refusal -> {
          assertThat(refusal.code()).isEqualTo(Code.INVALID_ARGUMENT);
          assertThat(refusal.field()).contains("policy.project");
        });
    assertThatExceptionOfType(ApiException.class)
        .isThrownBy(() -> create("one", null, "nowhere"))
        .withMessageContaining("environments/nowhere")
        .satisfies(refusal -> {
          assertThat(refusal.code()).isEqualTo(Code.INVALID_ARGUMENT);
          assertThat(refusal.field()).contains("policy.environment");
        });
    assertThat(policies().list(10, "")).isEmpty();
  }

  @Test
  void anEnvironmentWithAPolicyStays() {
    create("strict", null, "production");

    assertThatExceptionOfType(ApiException.class)
        .isThrownBy(() -> ports().environments().delete("production"))
        .withMessageContaining("environments/production is governed by reviewPolicies/strict")
        .satisfies(refusal -> assertThat(refusal.code()).isEqualTo(Code.FAILED_PRECONDITION));

    policies().delete("strict");
    ports().environments().delete("production");
    assertThat(ports().environments().get("production")).isEmpty();
  }

  @Test
  void keepsEveryTextThatItEverHad() {
    var first = create("strict", null, null);
    var later = PolicyText.of("rules: {}");
    var scope = new PolicyScope("shop", null);
    var changed = policies().update(new Draft("strict", "Another", scope, later, "users/bob"), 1);

    assertThat(changed.title()).isEqualTo("Another");
    assertThat(changed.scope()).isEqualTo(first.scope());
    assertThat(changed.text()).isEqualTo(later);
    assertThat(changed.version()).isEqualTo(2);
    assertThat(changed.updatedBy()).isEqualTo("users/bob");
    assertThat(changed.createdAt()).isEqualTo(first.createdAt());
    assertThat(policies().get("strict")).contains(changed);

    policies().delete("strict");
    assertThat(policies().get("strict")).isEmpty();
    assertThat(policies().text(TEXT.hash())).contains(TEXT);
    assertThat(policies().text(later.hash())).contains(later);
    assertThat(policies().text("none")).isEmpty();
    assertRefused(Code.NOT_FOUND, () -> policies().delete("strict"));
  }

  @Test
  void oneOfTwoChangesAtOnceIsRefused() throws InterruptedException {
    create("strict", null, null);
    var refused = new AtomicInteger();

    Parallel.run(
        6,
        number -> {
          try {
            policies().update(draft("strict", PolicyScope.EVERYTHING), 1);
          } catch (ApiException e) {
            assertThat(e.code()).isEqualTo(Code.ABORTED);
            refused.incrementAndGet();
          }
        });

    assertThat(refused).hasValue(5);
    assertThat(policies().get("strict").orElseThrow().version()).isEqualTo(2);
    assertRefused(
        Code.NOT_FOUND, () -> policies().update(draft("none", PolicyScope.EVERYTHING), 1));
  }

  @Test
  void oneOfTwoPoliciesForAScopeAtOnceIsRefused() throws InterruptedException {
    var refused = new AtomicInteger();

    Parallel.run(
        6,
        number -> {
          try {
            create("policy-" + number, "shop", null);
          } catch (ApiException e) {
            assertThat(e.code()).isEqualTo(Code.ALREADY_EXISTS);
            refused.incrementAndGet();
          }
        });

    assertThat(refused).hasValue(5);
    assertThat(policies().list(10, "")).hasSize(1);
  }

  @Test
  void listsById() {
    create("b", "shop", null);
    create("a", null, null);
    create("c", "other", null);

    assertThat(policies().list(2, "")).extracting(ReviewPolicy::id).containsExactly("a", "b");
    assertThat(policies().list(2, "b")).extracting(ReviewPolicy::id).containsExactly("c");
  }

  @Test
  void tellsWhatIsInForceForAProject() {
    create("everything", null, null);
    create("mine", "shop", "staging");
    create("foreign", "other", "staging");

    assertThat(policies().inForce("shop"))
        .containsExactlyInAnyOrder(
            new Ruling(PolicyScope.EVERYTHING, "everything", TEXT.hash()),
            new Ruling(new PolicyScope("shop", "staging"), "mine", TEXT.hash()));
    assertThat(policies().inForce("nowhere"))
        .extracting(Ruling::policy)
        .containsExactly("everything");
  }

  @Test
  void keepsATextThatNoPolicyHas() {
    policies().keep(TEXT);
    policies().keep(TEXT);

    assertThat(policies().text(TEXT.hash())).contains(TEXT);
    assertThat(policies().list(10, "")).isEmpty();
  }

  private ReviewPolicy create(String id, @Nullable String project, @Nullable String environment) {
    return policies().create(draft(id, new PolicyScope(project, environment)));
  }

  private static Draft draft(String id, PolicyScope scope) {
    return new Draft(id, "Title", scope, TEXT, "users/ann");
  }

  private ReviewPolicies policies() {
    return ports().policies();
  }
}
