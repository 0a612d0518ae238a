// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plancheck.checks.run.StopSignal.Reason;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class StopSignalTest {
  private final StopSignal signal = new StopSignal();
  private final AtomicInteger calls = new AtomicInteger();

  @Test
  void keepsTheFirstReason() {
    assertThat(signal.reason()).isEmpty();
    assertThat(signal.stop(new Reason.Canceled())).isTrue();
    assertThat(signal.stop(new Reason.TimeLimit(Duration.ofSeconds(1)))).isFalse();

    assertThat(signal.reason()).contains(new Reason.Canceled());
    assertThat(signal.isStopped()).isTrue();
  }

  @Test
  void callsWhoAskedBeforeAndWhoAsksAfter() {
    signal.onStop(calls::incrementAndGet);
    signal.stop(new Reason.Canceled());
    assertThat(calls).hasValue(1);

    signal.onStop(calls::incrementAndGet);
    assertThat(calls).hasValue(2);
  }

  @Test
  void callsNobodyWhoLeft() {
    signal.onStop(calls::incrementAndGet).close();
    signal.stop(new Reason.Canceled());

    assertThat(calls).hasValue(0);
  }

  @Test
  void callsOnceThoughStopAndRegistrationMeet() {
    for (var round = 1; round <= 500; round++) {
      var raced = new StopSignal();
      try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        threads.execute(() -> raced.stop(new Reason.Canceled()));
        threads.execute(() -> raced.onStop(calls::incrementAndGet));
      }
      assertThat(calls).hasValue(round);
    }
  }
}
