// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.server.watch;

import dev.plancheck.checks.ApiException;
import dev.plancheck.checks.plan.PlanName;
import dev.plancheck.checks.run.PlanCheckRun;
import dev.plancheck.checks.run.Runs;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// All watches of this server. A notice of a change only wakes a watch, which then reads the record
/// again: so a lost or late notice costs time, never the truth, and states come in order.
public final class RunWatches implements AutoCloseable {
  private static final int MOST = 1_000;

  /// How long a watch may take to say that it ends.
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final Runs runs;
  private final Duration heartbeat;
  private final Set<RunWatch> open = ConcurrentHashMap.newKeySet();

  public RunWatches(Runs runs, Duration heartbeat) {
    this.runs = runs;
    this.heartbeat = heartbeat;
  }

  /// Follows the plan's run from its present state on, on a thread of its own. The caller closes
  /// the watch when it is gone. Throws [ApiException]: NOT_FOUND for a plan that was never checked,
  /// RESOURCE_EXHAUSTED for too many watches.
  public RunWatch follow(PlanName plan, Follower follower) {
    current(plan);
    if (open.size() >= MOST) {
      throw new ApiException(
          ApiException.Code.RESOURCE_EXHAUSTED,
          "%d watches are open (expected: fewer; read the run from time to time instead)"
              .formatted(MOST));
    }
    var watch = new RunWatch(this, plan, follower, heartbeat);
    open.add(watch);
    Thread.ofVirtual().name("watch-", plan.number()).start(watch);
    return watch;
  }

  public PlanCheckRun current(PlanName plan) {
    return runs.get(plan).orElseThrow(() -> ApiException.notFound(plan + "/planCheckRun"));
  }

  Runs.Subscription subscribe(RunWatch watch, PlanName plan) {
    return runs.watch(plan, _ -> watch.wake());
  }

  void ended(RunWatch watch) {
    open.remove(watch);
  }

  /// Ends all watches, so that the server need not wait for them.
  @Override
  public void close() {
    var last = System.nanoTime() + PATIENCE.toNanos();
    open.forEach(RunWatch::stop);
    try {
      while (!open.isEmpty() && System.nanoTime() < last) {
        Thread.sleep(5);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
