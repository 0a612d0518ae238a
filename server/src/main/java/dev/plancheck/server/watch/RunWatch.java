// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.server.watch;

import dev.plancheck.checks.ApiException;
import dev.plancheck.checks.plan.PlanName;
import dev.plancheck.checks.run.PlanCheckRun;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One caller following one run. Only its own thread talks to the follower.
public final class RunWatch implements Runnable, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RunWatch.class);

  /// Changes that come closer together than this are told as one.
  private static final Duration BREATH = Duration.ofMillis(50);

  private final RunWatches watches;
  private final PlanName plan;
  private final Follower follower;
  private final Duration heartbeat;
  private final Semaphore changes = new Semaphore(0);
  private volatile boolean stopped;

  RunWatch(RunWatches watches, PlanName plan, Follower follower, Duration heartbeat) {
    this.watches = watches;
    this.plan = plan;
    this.follower = follower;
    this.heartbeat = heartbeat;
  }

  @Override
  public void run() {
    try (var _ = watches.subscribe(this, plan)) {
      follow();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      fail(e);
    } finally {
      watches.ended(this);
    }
  }

  private void follow() throws InterruptedException {
    PlanCheckRun told = null;
    while (follower.isOpen()) {
      if (stopped) {
        throw new ApiException(
            ApiException.Code.UNAVAILABLE, "the server stops; watch again when it is back");
      }
      if (follower.isReady()) {
        var run = watches.current(plan);
        tell(run, told);
        told = run;
        if (run.status().isFinal()) {
          follower.ended();
          return;
        }
        awaitChange();
      } else {
        Thread.sleep(BREATH);
      }
    }
  }

  private void tell(PlanCheckRun run, @Nullable PlanCheckRun told) {
    if (run.equals(told)) {
      follower.unchanged();
    } else {
      follower.changed(run);
    }
  }

  private void awaitChange() throws InterruptedException {
    if (changes.tryAcquire(heartbeat.toMillis(), TimeUnit.MILLISECONDS) && !stopped) {
      Thread.sleep(BREATH);
      changes.drainPermits();
    }
  }

  private void fail(RuntimeException cause) {
    try {
      if (follower.isOpen()) {
        follower.failed(cause);
      }
    } catch (RuntimeException e) {
      LOG.debug("a watch of {} ended while its caller left", plan, e);
    }
  }

  void wake() {
    changes.release();
  }

  void stop() {
    stopped = true;
    wake();
  }

  /// The caller is gone: the thread notices at once.
  @Override
  public void close() {
    wake();
  }
}
