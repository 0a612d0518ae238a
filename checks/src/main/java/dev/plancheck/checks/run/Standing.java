// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.run;

import dev.plancheck.checks.plan.Project;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How a plan stands at one moment: what there is to check in it now, and the run that it has.
///
/// `run` is null for a plan that was never checked. `staleness` is why the run does not answer for
/// the plan any more; empty without a run.
public record Standing(
    int planVersion,
    Project.Settings settings,
    Planned planned,
    @Nullable PlanCheckRun run,
    List<Staleness> staleness) {
  public Standing {
    staleness = List.copyOf(staleness);
  }

  /// What the plan's present specs and databases come to.
  public sealed interface Planned {
    /// None of the specs is of a kind that is checked.
    record NothingToCheck() implements Planned {}

    /// A change that would reach no database: `spec` is the first such.
    record MatchesNothing(String spec) implements Planned {}

    /// The plan names what does not exist any more.
    record Impossible(String why) implements Planned {}

    record ToCheck(PlanCheckRunConfig config) implements Planned {}
  }
}
