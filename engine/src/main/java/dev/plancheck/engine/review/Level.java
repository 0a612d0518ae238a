// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.review;

/// What a policy makes of a rule.
public enum Level {
  OFF,
  WARNING,
  ERROR;

  /// The status of a finding at this level; OFF has none and throws [IllegalStateException].
  public Status status() {
    return switch (this) {
      case OFF -> throw new IllegalStateException("a rule that is off has no findings");
      case WARNING -> Status.WARNING;
      case ERROR -> Status.ERROR;
    };
  }

  /// The level of a rule that no policy speaks of.
  public static Level of(Status severity) {
    return switch (severity) {
      case SUCCESS -> OFF;
      case WARNING -> WARNING;
      case ERROR -> ERROR;
    };
  }
}
