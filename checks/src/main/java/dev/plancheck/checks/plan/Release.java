// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.plan;

import java.time.Instant;
import java.util.List;

/// Files of SQL in the order of their versions. A release is never changed.
public record Release(ReleaseName name, String title, List<File> files, Instant createdAt) {
  /// How many files there may be.
  public static final int MOST_FILES = 1_000;

  /// A sheet under the path that its author knows it by.
  public record File(String path, ReleaseVersion version, String sheet) {}

  public Release {
    files = List.copyOf(files);
  }
}
