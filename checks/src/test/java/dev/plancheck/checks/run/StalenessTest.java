// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plancheck.checks.plan.PlanName;
import dev.plancheck.checks.run.PlanCheckRun.Times;
import dev.plancheck.checks.run.RunEvent.Basis;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class StalenessTest {
  private static final Instant CHECKED = Instant.parse("2026-01-01T12:00:00Z");
  private static final Duration WEEK = Duration.ofDays(7);
  private static final Basis BASIS = new Basis(2, "policy", "rules-1", "members");

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
  void namesEverythingThatChanged() {
    var now = new Basis(3, "stricter", "rules-2", "others");

    var reasons = Staleness.of(run(CHECKED), now, Duration.ofHours(36), CHECKED.plus(WEEK));

    assertThat(reasons)
        .extracting(Staleness::words)
        .containsExactly(
            "the plan was edited (version 3, checked 2)",
            "the review policy was changed",
            "the rules changed (rules-2, checked with rules-1)",
            "the plan's databases are not those that were checked",
            "the oldest result is of 2026-01-01T12:00:00Z (expected: younger than 36 h)");
  }

  private static PlanCheckRun run(@Nullable Instant oldest) {
    return new PlanCheckRun(
        1,
        new PlanName("shop", 1),
        RunStatus.DONE,
        Verdict.PASS,
        1,
        2,
        "policy",
        "rules-1",
        "members",
        RunCounts.planned(1, 1),
        "",
        new Times(CHECKED, CHECKED, CHECKED, CHECKED, CHECKED, oldest));
  }
}
