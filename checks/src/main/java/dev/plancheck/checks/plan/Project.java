// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.plan;

import java.time.Duration;

/// A team's plans and sheets, with the settings that its checks obey.
///
/// `samplingSize` is the most targets a spec checks, 0 for all of them. Results that are not
/// younger than `maximumAge` do not count any more. The gate is shut by errors unless
/// `allowErrors`; authors decide on their own plans only with `allowSelfApproval`; and with
/// `automaticRollout` a plan is rolled out as soon as it may.
public record Project(String id, String title, Settings settings) {
  public record Settings(
      int samplingSize,
      Duration maximumAge,
      boolean allowErrors,
      boolean allowSelfApproval,
      boolean automaticRollout) {
    public static final Settings DEFAULT = new Settings(0, Duration.ofDays(7), false, false, false);

    public Settings {
      if (!maximumAge.isPositive()) {
        throw new IllegalArgumentException("maximum age: %s (expected: > 0)".formatted(maximumAge));
      }
      if (samplingSize < 0) {
        throw new IllegalArgumentException(
            "sampling size: %d (expected: >= 0)".formatted(samplingSize));
      }
    }

    public Settings withSamplingSize(int size) {
      return new Settings(size, maximumAge, allowErrors, allowSelfApproval, automaticRollout);
    }

    public Settings withMaximumAge(Duration age) {
      return new Settings(samplingSize, age, allowErrors, allowSelfApproval, automaticRollout);
    }

    public Settings withAllowErrors(boolean allow) {
      return new Settings(samplingSize, maximumAge, allow, allowSelfApproval, automaticRollout);
    }

    public Settings withAllowSelfApproval(boolean allow) {
      return new Settings(samplingSize, maximumAge, allowErrors, allow, automaticRollout);
    }

    public Settings withAutomaticRollout(boolean automatic) {
      return new Settings(samplingSize, maximumAge, allowErrors, allowSelfApproval, automatic);
    }
  }
}
