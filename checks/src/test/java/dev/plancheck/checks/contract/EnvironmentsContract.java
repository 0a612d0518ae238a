// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.plancheck.checks.ApiException;
import dev.plancheck.checks.ApiException.Code;
import dev.plancheck.checks.plan.Environment;
import dev.plancheck.checks.plan.Environments;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What every [Environments] does, together with the instances that use them.
public abstract class EnvironmentsContract extends StorageContract {
  @Test
  void beginsWithTheUsualOnesInTheirOrder() {
    assertThat(environments().list()).isEqualTo(Environment.USUAL);
    assertThat(ids()).containsExactly("test", "staging", "production");
  }

  @Test
  void addsBehindAllOthers() {
    var canary = new Environment("canary", "Canary é \0");

    assertThat(environments().create(canary)).isEqualTo(canary);
    assertThat(environments().get("canary")).contains(canary);
    assertThat(ids()).containsExactly("test", "staging", "production", "canary");
    assertRefused(Code.ALREADY_EXISTS, () -> environments().create(new Environment("test", "")));
  }

  @Test
  void takesNoMoreThanThereMayBe() {
    for (var number = environments().list().size(); number < Environment.MOST; number++) {
      environments().create(new Environment("more-" + number, ""));
    }

    assertRefused(
        Code.RESOURCE_EXHAUSTED, () -> environments().create(new Environment("last", "")));
  }

  @Test
  void changesTheTitleAndNothingElse() {
    var renamed = new Environment("staging", "Almost there");

    assertThat(environments().update(renamed)).isEqualTo(renamed);
    assertThat(environments().list().get(1)).isEqualTo(renamed);
    assertRefused(Code.NOT_FOUND, () -> environments().update(new Environment("none", "")));
  }

  @Test
  void takesAnotherOrderOfTheSameEnvironments() {
    assertThat(environments().reorder(List.of("production", "test", "staging")))
        .extracting(Environment::id)
        .containsExactly("production", "test", "staging");
    assertThat(ids()).containsExactly("production", "test", "staging");
  }

  @Test
  void refusesAnOrderOfOthers() {
    for (var wrong :
        List.of(
            List.of("test", "staging"),
            List.of("test", "staging", "production", "other"),
            List.of("test", "staging", "test"),
            List.<String>of())) {
      assertRefused(Code.INVALID_ARGUMENT, () -> environments().reorder(wrong));
    }
    assertThat(ids()).containsExactly("test", "staging", "production");
  }

  @Test
  void isDeletedOnlyWhileNoInstanceUsesIt() {
    ports().instances().create(Samples.instance("pg", "staging"));

    assertThatExceptionOfType(ApiException.class)
        .isThrownBy(() -> environments().delete("staging"))
        .withMessageContaining("environments/staging is used by instances/pg")
        .satisfies(refusal -> assertThat(refusal.code()).isEqualTo(Code.FAILED_PRECONDITION));

    ports().instances().update(Samples.instance("pg", "test"));
    environments().delete("staging");

    assertThat(environments().get("staging")).isEmpty();
    assertThat(ids()).containsExactly("test", "production");
    assertRefused(Code.NOT_FOUND, () -> environments().delete("staging"));
  }

  @Test
  void anInstanceHasOneThatExistsOrNone() {
    assertThatExceptionOfType(ApiException.class)
        .isThrownBy(() -> ports().instances().create(Samples.instance("pg", "prod")))
        .withMessage(
            "instance.environment: prod (expected: empty, or one of test, staging, production)")
        .satisfies(refusal -> {
          assertThat(refusal.code()).isEqualTo(Code.INVALID_ARGUMENT);
          assertThat(refusal.field()).contains("instance.environment");
        });
    assertThat(ports().instances().get("pg")).isEmpty();

    var without = Samples.instance("pg", "");
    assertThat(ports().instances().create(without)).isEqualTo(without);
    assertThat(ports().instances().get("pg")).contains(without);
    assertRefused(
        Code.INVALID_ARGUMENT, () -> ports().instances().update(Samples.instance("pg", "prod")));
    assertThat(ports().instances().get("pg")).contains(without);
  }

  @Test
  void creatorsAtOnceKeepAnOrder() throws InterruptedException {
    Parallel.run(8, number -> environments().create(new Environment("new-" + number, "")));

    assertThat(ids())
        .hasSize(11)
        .startsWith("test", "staging", "production")
        .doesNotHaveDuplicates();
  }

  private Environments environments() {
    return ports().environments();
  }

  private List<String> ids() {
    return environments().list().stream().map(Environment::id).toList();
  }
}
