// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.plan;

import java.time.Duration;

/// A team's plans and sheets, with the settings that its checks obey.
///
/// `samplingSize` is the most targets a spec checks, 0 for all of them. Results that are not
/// younger than `maximumAge` do not count any more.
public record Project(String id, String title, Settings settings) {
  public record Settings(int samplingSize, Duration maximumAge) {
    public static final Settings DEFAULT = new Settings(0, Duration.ofDays(7));

    /// With the default maximum age.
    public Settings(int samplingSize) {
      this(samplingSize, DEFAULT.maximumAge);
    }

    public Settings {
      if (!maximumAge.isPositive()) {
        throw new IllegalArgumentException("maximum age: %s (expected: > 0)".formatted(maximumAge));
      }
      if (samplingSize < 0) {
        throw new IllegalArgumentException(
            "sampling size: %d (expected: >= 0)".formatted(samplingSize));
      }
    }
  }
}
