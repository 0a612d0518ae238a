// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.store;

import dev.plancheck.checks.plan.PlanName;
import dev.plancheck.checks.run.PlanCheckRun;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One subscription: hands states that differ from the last one to its listener, one at a time. Of
/// states that come while the listener is at work only the newest is kept.
final class RunWatcher implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RunWatcher.class);

  private final PlanName plan;
  private final Consumer<PlanCheckRun> listener;
  private final AtomicReference<@Nullable PlanCheckRun> last;
  private final AtomicReference<@Nullable PlanCheckRun> waiting = new AtomicReference<>();
  private final Semaphore told = new Semaphore(0);
  private final Thread thread;

  /// `known` is the state that the subscriber can have seen already.
  RunWatcher(PlanName plan, @Nullable PlanCheckRun known, Consumer<PlanCheckRun> listener) {
    this.plan = plan;
    this.listener = listener;
    this.last = new AtomicReference<>(known);
    this.thread = Thread.ofVirtual().name("plancheck-watch " + plan).start(this::handOver);
  }

  PlanName plan() {
    return plan;
  }

  /// Called by the one listening thread, in the order of the states.
  void tell(PlanCheckRun run) {
    if (run.plan().equals(plan) && !run.equals(last.getAndSet(run))) {
      waiting.set(run);
      told.release();
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }

  private void handOver() {
    try {
      while (true) {
        told.acquire();
        var run = waiting.getAndSet(null);
        if (run != null) {
          listener.accept(run);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      LOG.error("A listener to {} failed and hears nothing more", plan, e);
    }
  }
}
