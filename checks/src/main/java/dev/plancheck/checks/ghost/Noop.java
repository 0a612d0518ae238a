// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.ghost;

/// What gh-ost itself said of a change when it was run without `--execute`.
public sealed interface Noop {
  /// It found nothing against the change.
  record Fine() implements Noop {}

  /// It ended with another exit code than 0; `words` is what it said last, without secrets.
  record Refused(int exit, String words) implements Noop {}

  /// It gave no answer; `reason` is a sentence without a full stop.
  record Untold(String reason) implements Noop {}
}
