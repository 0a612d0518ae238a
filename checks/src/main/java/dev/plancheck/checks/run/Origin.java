// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.run;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Where the content of a record is from.
public sealed interface Origin {
  Origin CHECKED = new Checked();

  /// From checks that plancheck made: it is known what by.
  record Checked() implements Origin {}

  /// From a deployment with one row per check: nobody knows what by. An operator may vouch for it
  /// until a time; null is never.
  record Legacy(@Nullable Instant trustedUntil) implements Origin {
    boolean isTrusted(Instant time) {
      return trustedUntil != null && trustedUntil.isAfter(time);
    }
  }
}
