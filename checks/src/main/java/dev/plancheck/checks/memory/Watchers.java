// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.memory;

import dev.plancheck.checks.plan.PlanName;
import dev.plancheck.checks.run.PlanCheckRun;
import dev.plancheck.checks.run.Runs.Subscription;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Brings changes of runs to those who watch them. A slow or failing listener holds back nobody:
/// each has a thread of its own and a place for one waiting change, which a newer one replaces.
final class Watchers {
  private final Set<Watcher> watchers = ConcurrentHashMap.newKeySet();

  Subscription add(PlanName plan, Consumer<PlanCheckRun> listener) {
    var watcher = new Watcher(plan, listener);
    watchers.add(watcher);
    var thread = Thread.ofVirtual().name("watch " + plan).start(watcher);
    return () -> {
      watchers.remove(watcher);
      thread.interrupt();
    };
  }

  void tell(PlanCheckRun run) {
    for (var watcher : List.copyOf(watchers)) {
      watcher.tell(run);
    }
  }

  private static final class Watcher implements Runnable {
    private final PlanName plan;
    private final Consumer<PlanCheckRun> listener;
    private final AtomicReference<@Nullable PlanCheckRun> waiting = new AtomicReference<>();
    private final Semaphore told = new Semaphore(0);

    Watcher(PlanName plan, Consumer<PlanCheckRun> listener) {
      this.plan = plan;
      this.listener = listener;
    }

    void tell(PlanCheckRun run) {
      if (run.plan().equals(plan)) {
        waiting.set(run);
        told.release();
      }
    }

    /// Ends by the interrupt of the subscription's close, or with the listener's own exception.
    @Override
    public void run() {
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
      }
    }
  }
}
