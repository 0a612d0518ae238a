// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.run;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One line of a run's log, which is only ever appended to: what happened to which attempt, by
/// whom, with what result. `id` grows; `verdict` is null for QUEUED; `note` is the error of a
/// FAILED attempt, else empty.
public record RunEvent(
    long id,
    Kind kind,
    int attempt,
    RunCounts counts,
    @Nullable Verdict verdict,
    Basis basis,
    String actor,
    String note,
    Instant at) {
  /// What happened to the attempt.
  public enum Kind {
    QUEUED,
    CANCELED,
    DONE,
    FAILED
  }

  /// What the attempt's answer depends on.
  public record Basis(
      int planVersion, String policyHash, String rulesVersion, String membershipHash) {}
}
