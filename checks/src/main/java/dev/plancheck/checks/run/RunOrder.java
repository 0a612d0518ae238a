// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.run;

import java.util.List;

/// What is to be queued as a plan's next attempt.
///
/// `after` is the attempt whose results [CheckTarget#kept] targets keep, and 0 when nothing is
/// kept; `counts` are those to begin with: what is kept counts as done. `actor` is who asked for
/// it.
public record RunOrder(
    PlanCheckRunConfig config, RunCounts counts, int after, List<Shard> shards, String actor) {
  public RunOrder {
    shards = List.copyOf(shards);
  }

  /// Everything anew.
  public static RunOrder whole(PlanCheckRunConfig config, int targetsOfShard, String actor) {
    return new RunOrder(
        config,
        RunCounts.planned(config.targets().size(), config.chosen().size()),
        0,
        Shard.split(config.toCheck().size(), targetsOfShard),
        actor);
  }
}
