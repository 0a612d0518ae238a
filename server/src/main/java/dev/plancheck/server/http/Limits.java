// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.server.http;

import java.time.Duration;

/// What one caller may ask of the server.
final class Limits {
  /// A sheet of 25 MiB with what JSON needs to escape in usual SQL.
  static final int MAX_REQUEST_BYTES = 34 << 20;

  /// A page of results, or the largest sheet.
  static final int MAX_ANSWER_BYTES = 160 << 20;

  static final int MAX_CONNECTIONS = 2_000;

  /// Longer than a target may take to answer "sync databases".
  static final Duration REQUEST = Duration.ofSeconds(60);

  /// How long running requests may finish when the server stops.
  static final Duration STOP = Duration.ofSeconds(5);

  private Limits() {}
}
