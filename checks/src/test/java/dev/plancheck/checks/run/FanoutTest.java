// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class FanoutTest {
  private static final Duration LONG = Duration.ofSeconds(10);

  @Test
  void waitsForTasksThatTasksForked() throws InterruptedException {
    var ended = new AtomicInteger();
    try (var fanout = new Fanout("test")) {
      fanout.fork(() -> forkAndEnd(fanout, 6, ended));

      assertThat(fanout.await(LONG)).isTrue();
      assertThat(ended).hasValue(127);
      fanout.throwFailure();
    }
  }

  @Test
  void saysThatTasksAreStillRunning() throws InterruptedException {
    var go = new CountDownLatch(1);
    try (var fanout = new Fanout("test")) {
      fanout.fork(go::await);

      assertThat(fanout.await(Duration.ofMillis(20))).isFalse();
      go.countDown();
      assertThat(fanout.await(LONG)).isTrue();
    }
  }

  @Test
  void keepsTheFailureOfOneTaskAndLetsTheOthersEnd() throws InterruptedException {
    var ended = new AtomicInteger();
    try (var fanout = new Fanout("test")) {
      fanout.fork(() -> {
        throw new IllegalStateException("a bug");
      });
      fanout.fork(() -> forkAndEnd(fanout, 3, ended));

      assertThat(fanout.await(LONG)).isTrue();
      assertThat(ended).hasValue(15);
      assertThatIllegalStateException().isThrownBy(fanout::throwFailure).withMessage("a bug");
    }
  }

  @Test
  void awaitsTasksThatAreForkedAfterEarlierOnesEnded() throws InterruptedException {
    var ended = new AtomicInteger();
    try (var fanout = new Fanout("test")) {
      for (var task = 0; task < 3; task++) {
        fanout.fork(ended::incrementAndGet);
        while (ended.get() <= task) {
          Thread.onSpinWait();
        }
        Thread.sleep(5);
      }
      fanout.fork(() -> {
        Thread.sleep(100);
        ended.incrementAndGet();
      });

      assertThat(fanout.await(LONG)).isTrue();
      assertThat(ended).hasValue(4);
    }
  }

  @Test
  void knowsWhetherOthersWorkOrRest() throws InterruptedException {
    var go = new CountDownLatch(1);
    var stop = new StopSignal();
    var seen = new ConcurrentLinkedQueue<Boolean>();
    try (var fanout = new Fanout("test")) {
      fanout.fork(() -> {
        go.await();
        fanout.rest(LONG, stop);
      });
      fanout.fork(() -> {
        seen.add(fanout.othersWork());
        go.countDown();
        while (fanout.othersWork()) {
          Thread.sleep(1);
        }
        seen.add(fanout.othersWork());
        stop.stop(new StopSignal.Reason.Canceled());
      });

      assertThat(fanout.await(LONG)).isTrue();
    }
    assertThat(seen).containsExactly(true, false);
  }

  private static void forkAndEnd(Fanout fanout, int depth, AtomicInteger ended) {
    if (depth > 0) {
      fanout.fork(() -> forkAndEnd(fanout, depth - 1, ended));
      fanout.fork(() -> forkAndEnd(fanout, depth - 1, ended));
    }
    ended.incrementAndGet();
  }
}
