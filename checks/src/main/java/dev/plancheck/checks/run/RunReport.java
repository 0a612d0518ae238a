// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.run;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a run found, in plan order, and why it stopped before its end; null if it did not.
///
/// A run past its time limit is complete all the same: what it did not reach is said in its
/// results.
public record RunReport(
    List<Result> results, RunCounts counts, StopSignal.@Nullable Reason stopped) {
  public RunReport {
    results = List.copyOf(results);
  }
}
