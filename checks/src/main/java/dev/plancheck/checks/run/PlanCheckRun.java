// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.run;

import dev.plancheck.checks.plan.PlanName;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The one record of a plan's checks, without its config and results, which are read apart.
///
/// `id` stays the same over re-runs and `attempt` counts them from 1. `verdict` is null until the
/// run is final. `error` is what stopped a FAILED run, else empty.
public record PlanCheckRun(
    long id,
    PlanName plan,
    RunStatus status,
    @Nullable Verdict verdict,
    int attempt,
    int planVersion,
    String policyHash,
    String rulesVersion,
    String membershipHash,
    RunCounts counts,
    String error,
    Times times) {

  /// Times by the storage's clock; null is not yet.
  public record Times(
      Instant createdAt,
      Instant queuedAt,
      @Nullable Instant startedAt,
      Instant updatedAt,
      @Nullable Instant finishedAt,
      @Nullable Instant oldestResultAt) {}
}
