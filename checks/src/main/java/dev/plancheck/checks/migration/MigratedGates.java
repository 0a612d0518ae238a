// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.migration;

import dev.plancheck.checks.gate.Gate;
import dev.plancheck.checks.plan.Project;
import dev.plancheck.checks.run.Origin;
import dev.plancheck.checks.run.PlanCheckRun;
import dev.plancheck.checks.run.Staleness;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Whether a plan's gate was open before its rows were migrated, is open after while nobody vouches
/// for its results, and is while an operator does. What the plan's databases are by now is left
/// out: they need not be registered yet.
public record MigratedGates(boolean before, boolean after, boolean trusted) {
  /// For a project that lets no error pass. `trust` counts from the plan's oldest result.
  public static MigratedGates of(MigratedPlan plan, Duration trust, Instant now) {
    var run = plan.run();
    return new MigratedGates(
        plan.openBefore(), isOpen(trusted(run, null), now), isOpen(trusted(run, trust), now));
  }

  private static PlanCheckRun trusted(PlanCheckRun run, @Nullable Duration trust) {
    var oldest = run.times().oldestResultAt();
    return run.origin() instanceof Origin.Checked
        ? run
        : run.withTrust(trust == null || oldest == null ? null : oldest.plus(trust));
  }

  private static boolean isOpen(PlanCheckRun run, Instant now) {
    return Gate.reasons(run, Staleness.ofItself(run, now), Project.Settings.DEFAULT).isEmpty();
  }
}
