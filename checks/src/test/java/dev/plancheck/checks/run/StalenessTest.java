// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plancheck.checks.plan.PlanName;
import dev.plancheck.checks.policy.AppliedPolicies;
import dev.plancheck.checks.policy.PoliciesInForce;
import dev.plancheck.checks.policy.PoliciesInForce.Ruling;
import dev.plancheck.checks.policy.PolicyScope;
import dev.plancheck.checks.run.PlanCheckRun.Times;
import dev.plancheck.checks.run.Staleness.Now;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class StalenessTest {
  private static final Instant CHECKED = Instant.parse("2026-01-01T12:00:00Z");
  private static final Duration WEEK = Duration.ofDays(7);
  private static final PoliciesInForce OWN = new PoliciesInForce("shop", List.of(), "policy");
  private static final Now BASIS = new Now(2, OWN, "rules-1", "members");

  @Test
  void isCurrentWhileEverythingIsAsItWas() {
    assertThat(Staleness.of(run(CHECKED), BASIS, WEEK, CHECKED.plus(WEEK).minusMillis(1)))
        .isEmpty();
  }

  @Test
  void isStaleAtItsMaximumAge() {
    assertThat(Staleness.of(run(CHECKED), BASIS, WEEK, CHECKED.plus(WEEK)))
        .containsExactly(new Staleness.TooOld(CHECKED, WEEK));
  }

  @Test
  void hasNoAgeWithoutResults() {
    assertThat(Staleness.of(run(null), BASIS, WEEK, CHECKED.plus(Duration.ofDays(99)))).isEmpty();
  }

  @Test
  void onlyAPolicyThatGovernsAnEnvironmentOfThePlanMatters() {
    var strict = new Ruling(new PolicyScope(null, "production"), "strict", "strict");
    var foreign = new Ruling(new PolicyScope(null, "test"), "test", "test");
    var same = new Ruling(new PolicyScope("shop", "staging"), "renamed", "policy");

    assertThat(changes(List.of(foreign, same))).isEmpty();
    assertThat(changes(List.of(foreign, same, strict)))
        .containsExactly(new Staleness.PolicyChanged(List.of("production")));
  }

  @Test
  void aRunThatNamesNoPolicyIsStale() {
    assertThat(Staleness.changes(run(CHECKED, AppliedPolicies.NONE), BASIS))
        .extracting(Staleness::words)
        .containsExactly("the review policy was changed");
  }

  private static List<Staleness> changes(List<Ruling> rulings) {
    var now = new PoliciesInForce("shop", rulings, "policy");
    return Staleness.changes(run(CHECKED), new Now(2, now, "rules-1", "members"));
  }

  @Test
  void namesEverythingThatChanged() {
    var now = new Now(3, new PoliciesInForce("shop", List.of(), "stricter"), "rules-2", "others");

    var reasons = Staleness.of(run(CHECKED), now, Duration.ofHours(36), CHECKED.plus(WEEK));

    assertThat(reasons)
        .extracting(Staleness::words)
        .containsExactly(
            "the plan was edited (version 3, checked 2)",
            "the review policy of databases without an environment, production, staging was"
                + " changed",
            "the rules changed (rules-2, checked with rules-1)",
            "the plan's databases are not those that were checked",
            "the oldest result is of 2026-01-01T12:00:00Z (expected: younger than 36 h)");
  }

  @Test
  void whatWasMigratedMustBeRunAgain() {
    assertThat(Staleness.of(migrated(null), BASIS, WEEK, CHECKED))
        .containsExactly(new Staleness.CheckedBeforeMigration())
        .extracting(Staleness::words)
        .containsExactly("checked before the migration, run again");
  }

  @Test
  void whoeverVouchesForAMigratedRunSaysHowOldItMayBe() {
    var run = migrated(CHECKED.plus(Duration.ofDays(30)));

    assertThat(Staleness.of(run, BASIS, WEEK, CHECKED.plus(Duration.ofDays(30)).minusMillis(1)))
        .isEmpty();
    assertThat(Staleness.of(run, BASIS, WEEK, CHECKED.plus(Duration.ofDays(30))))
        .containsExactly(new Staleness.CheckedBeforeMigration());
  }

  @Test
  void nobodyVouchesForAPlanThatIsEdited() {
    var now = new Now(3, OWN, "rules-1", "members");

    assertThat(Staleness.of(migrated(CHECKED.plus(WEEK)), now, WEEK, CHECKED))
        .containsExactly(new Staleness.PlanEdited(3, 2));
  }

  @Test
  void noPartOfAMigratedRunIsKept() {
    assertThat(Staleness.changes(migrated(CHECKED.plus(WEEK)), BASIS))
        .containsExactly(new Staleness.CheckedBeforeMigration());
  }

  private static PlanCheckRun migrated(@Nullable Instant trustedUntil) {
    var run = run(CHECKED);
    return new PlanCheckRun(
        run.id(),
        run.plan(),
        run.status(),
        run.verdict(),
        run.attempt(),
        run.planVersion(),
        AppliedPolicies.NONE,
        "",
        "",
        run.counts(),
        run.error(),
        run.times(),
        new Origin.Legacy(trustedUntil));
  }

  private static PlanCheckRun run(@Nullable Instant oldest) {
    return run(oldest, OWN.over(List.of("staging", "", "production")));
  }

  private static PlanCheckRun run(@Nullable Instant oldest, AppliedPolicies policies) {
    return new PlanCheckRun(
        1,
        new PlanName("shop", 1),
        RunStatus.DONE,
        Verdict.PASS,
        1,
        2,
        policies,
        "rules-1",
        "members",
        RunCounts.planned(1, 1),
        "",
        new Times(CHECKED, CHECKED, CHECKED, CHECKED, CHECKED, oldest),
        Origin.CHECKED);
  }
}
