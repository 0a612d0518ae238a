// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.legacy;

import dev.plancheck.checks.plan.PlanName;
import java.time.Instant;
import java.util.List;

/// A virtual run: one check of one database by one sheet, as a row of its own would say it. `error`
/// is set on a FAILED one, else empty.
public record LegacyRun(
    PlanName plan,
    long uid,
    LegacyCheck check,
    LegacyStatus status,
    String error,
    Instant createdAt,
    List<LegacyResult> results) {
  public LegacyRun {
    results = List.copyOf(results);
  }
}
