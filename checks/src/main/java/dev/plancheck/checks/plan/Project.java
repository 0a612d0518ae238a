// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.plan;

/// A team's plans and sheets, with the settings that its checks obey.
///
/// `samplingSize` is the most targets a spec checks, 0 for all of them.
public record Project(String id, String title, Settings settings) {
  public record Settings(int samplingSize) {
    public static final Settings DEFAULT = new Settings(0);

    public Settings {
      if (samplingSize < 0) {
        throw new IllegalArgumentException(
            "sampling size: %d (expected: >= 0)".formatted(samplingSize));
      }
    }
  }
}
