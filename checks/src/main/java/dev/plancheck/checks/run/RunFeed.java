// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.run;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Passes records of one run on, but none that is older than one before: reading a record and
/// hearing of its changes may meet. Guarded by the object's lock.
final class RunFeed {
  private final Consumer<PlanCheckRun> listener;
  private @Nullable PlanCheckRun last;

  RunFeed(Consumer<PlanCheckRun> listener) {
    this.listener = listener;
  }

  synchronized void tell(PlanCheckRun run) {
    if (last == null || isNewer(run, last)) {
      last = run;
      listener.accept(run);
    }
  }

  private static boolean isNewer(PlanCheckRun run, PlanCheckRun last) {
    if (run.attempt() != last.attempt()) {
      return run.attempt() > last.attempt();
    }
    var byPhase = Integer.compare(phase(run), phase(last));
    return byPhase != 0
        ? byPhase > 0
        : !run.times().updatedAt().isBefore(last.times().updatedAt()) && !run.equals(last);
  }

  private static int phase(PlanCheckRun run) {
    return switch (run.status()) {
      case QUEUED -> 0;
      case RUNNING -> 1;
      case DONE, FAILED, CANCELED -> 2;
    };
  }
}
