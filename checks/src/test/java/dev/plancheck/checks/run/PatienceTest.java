// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.plancheck.checks.SettableClock;
import dev.plancheck.checks.run.StopSignal.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class PatienceTest {
  private final SettableClock clock = new SettableClock(Instant.EPOCH);
  private final StopSignal stop = new StopSignal();
  private final Patience patience = new Patience(clock, Duration.ofMinutes(2), stop);

  @Test
  void givesTheValueThatCameInTime() throws Exception {
    assertThat(patience.await(CompletableFuture.completedFuture("value"))).isEqualTo("value");
  }

  @Test
  void letsTheFailureOfAValueFly() {
    var bug = new IllegalArgumentException("a bug");

    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> patience.await(CompletableFuture.failedFuture(bug)))
        .isSameAs(bug);
  }

  @Test
  void endsAtTheTimeLimit() {
    clock.advance(Duration.ofMinutes(3));

    assertThatExceptionOfType(NotPerformedException.class)
        .isThrownBy(() -> patience.await(new CompletableFuture<>()))
        .withMessage("the time limit of 2 min for one database was over");
  }

  @Test
  void endsWhenTheRunStops() {
    stop.stop(new Reason.TimeLimit(Duration.ofMinutes(90)));

    assertThatExceptionOfType(NotPerformedException.class)
        .isThrownBy(() -> patience.await(new CompletableFuture<>()))
        .withMessage("the time limit of 1 h 30 min for the run was over");
  }

  @Test
  void saysDurationsInWords() {
    assertThat(Patience.text(Duration.ofMillis(1250))).isEqualTo("1 s 250 ms");
    assertThat(Patience.text(Duration.ofHours(26))).isEqualTo("26 h");
    assertThat(Patience.text(Duration.ZERO)).isEqualTo("0 s");
  }
}
