// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.ghost;

/// What a server said to one question, or why it did not.
public sealed interface Answer<T> {
  record Told<T>(T value) implements Answer<T> {}

  /// `reason` is a sentence without a full stop: what was asked, what the server said, and the
  /// GRANT that is missing, if that is it.
  record Untold<T>(String reason) implements Answer<T> {}
}
