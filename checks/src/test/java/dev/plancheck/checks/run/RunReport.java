// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.run;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a runner told its sink, in plan order, counted as storage counts it, and why it stopped.
record RunReport(List<Result> results, RunCounts counts, StopSignal.@Nullable Reason stopped) {
  static RunReport of(PlanCheckRunConfig config, CollectedResults found, StopSignal stop) {
    var counts = RunCounts.planned(config.targets().size(), config.chosen().size());
    for (var result : found.all()) {
      counts = counts.plus(result);
    }
    return new RunReport(found.all(), counts.withDone(found.targets()), stop.reason().orElse(null));
  }
}
