// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.legacy;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The name of a virtual run in its plan, for ever. `told` is what the old row of that id said
/// about itself; null for one that never was a row, or was RUNNING.
public record LegacyUid(long uid, LegacyCheck check, @Nullable Told told) {
  /// An old row, for as long as the plan's run is in `attempt`, which the migration wrote. `error`
  /// is that of a FAILED row, else empty; `at` is when the row was created.
  public record Told(int attempt, LegacyStatus status, String error, Instant at) {}
}
