// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plancheck.checks.SettableClock;
import dev.plancheck.checks.run.InstanceBreaker.Advice;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class InstanceBreakerTest {
  private final SettableClock clock = new SettableClock(Instant.parse("2026-01-01T10:02:11Z"));
  private final InstanceBreaker breaker = new InstanceBreaker("x", clock);

  @Test
  void letsEverybodyTryUntilItFailedThreeTimesInARow() {
    breaker.failed("refused", false);
    breaker.failed("refused", false);
    breaker.answered();
    breaker.failed("refused", false);
    breaker.failed("refused", false);

    assertThat(breaker.ask(false)).isEqualTo(new Advice.Go(false));
  }

  @Test
  void saysSinceWhenAndWhyItIsOpen() {
    breaker.failed("timed out", false);
    clock.advance(Duration.ofSeconds(5));
    breaker.failed("refused", false);
    breaker.failed("connection refused", false);

    assertThat(breaker.ask(false))
        .isEqualTo(
            new Advice.Hold(
                clock.instant().plusSeconds(1),
                "not tried, because instances/x did not answer 3 times in a row since 10:02:11 UTC:"
                    + " connection refused"));
  }

  @Test
  void growsItsPausesFromOneSecondToThirty() {
    fail(3);

    for (var seconds : new int[] {1, 2, 4, 8, 16, 30, 30}) {
      clock.advance(Duration.ofSeconds(seconds).minusMillis(1));
      assertThat(breaker.ask(false)).isInstanceOf(Advice.Hold.class);
      clock.advance(Duration.ofMillis(1));
      assertThat(breaker.ask(false)).isEqualTo(new Advice.Go(true));
      breaker.failed("refused", true);
    }
  }

  @Test
  void letsOneAtATimeTryItAgain() {
    fail(3);
    clock.advance(Duration.ofSeconds(1));

    assertThat(breaker.ask(false)).isEqualTo(new Advice.Go(true));
    assertThat(breaker.ask(false)).isInstanceOf(Advice.Hold.class);
    breaker.undecided();
    assertThat(breaker.ask(false)).isEqualTo(new Advice.Go(true));
  }

  @Test
  void forgetsATrialThatNeverEnds() {
    fail(3);
    clock.advance(Duration.ofSeconds(1));
    assertThat(breaker.ask(false)).isEqualTo(new Advice.Go(true));

    clock.advance(Duration.ofSeconds(15));

    assertThat(breaker.ask(false)).isEqualTo(new Advice.Go(true));
  }

  @Test
  void doesNotGrowItsPauseByFailuresThatWereUnderWay() {
    fail(8);

    clock.advance(Duration.ofSeconds(1));

    assertThat(breaker.ask(false)).isEqualTo(new Advice.Go(true));
  }

  @Test
  void trustsWhoAnswersAtOnce() {
    fail(3);
    clock.advance(Duration.ofSeconds(1));
    breaker.ask(false);

    breaker.answered();

    assertThat(breaker.ask(false)).isEqualTo(new Advice.Go(false));
    fail(3);
    assertThat(breaker.ask(false)).isInstanceOf(Advice.Hold.class);
    clock.advance(Duration.ofSeconds(1));
    assertThat(breaker.ask(false)).isEqualTo(new Advice.Go(true));
  }

  @Test
  void letsWhoInsistsTryInAnyCase() {
    fail(3);

    assertThat(breaker.ask(true)).isEqualTo(new Advice.Go(true));
  }

  @Test
  void waitsForABusyInstanceHalfAMinute() {
    assertThat(breaker.busy("too many connections", false)).isPositive();
    clock.advance(Duration.ofSeconds(29));
    breaker.busy("too many connections", false);
    assertThat(breaker.ask(false)).isEqualTo(new Advice.Go(false));

    clock.advance(Duration.ofSeconds(1));
    assertThat(breaker.busy("too many connections", false)).isZero();

    assertThat(breaker.ask(false))
        .isEqualTo(
            new Advice.Hold(
                clock.instant().plusSeconds(1),
                "not tried, because instances/x has taken no connection since 10:02:11 UTC:"
                    + " too many connections"));
  }

  @Test
  void takesOneThatIsStartingForAlive() {
    fail(3);
    clock.advance(Duration.ofSeconds(1));
    breaker.ask(false);

    breaker.busy("starting up", true);

    assertThat(breaker.ask(false)).isEqualTo(new Advice.Go(false));
  }

  @Test
  void growsTheBackOff() {
    assertThat(breaker.busy("full", false)).isEqualTo(Duration.ofMillis(200));
    assertThat(breaker.busy("full", false)).isEqualTo(Duration.ofMillis(500));
    assertThat(breaker.busy("full", false)).isEqualTo(Duration.ofSeconds(1));
    assertThat(breaker.busy("full", false)).isEqualTo(Duration.ofSeconds(2));
    assertThat(breaker.busy("full", false)).isEqualTo(Duration.ofSeconds(2));
    breaker.answered();
    assertThat(breaker.busy("full", false)).isEqualTo(Duration.ofMillis(200));
  }

  @Test
  void expectsOnlyWhoWorkedBeforeToComeBackAndNotForLong() {
    fail(3);
    assertThat(breaker.mayComeBack()).isFalse();
    breaker.answered();
    fail(3);

    assertThat(breaker.mayComeBack()).isTrue();
    clock.advance(Duration.ofSeconds(10));
    assertThat(breaker.mayComeBack()).isFalse();
  }

  private void fail(int times) {
    for (var time = 0; time < times; time++) {
      breaker.failed("refused", false);
    }
  }
}
