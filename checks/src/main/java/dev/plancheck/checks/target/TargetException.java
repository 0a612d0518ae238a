// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.target;

/// A target that could not be asked. The message is a sentence for people: what is wrong, where,
/// and what to do; it never holds a password or the user's SQL.
public final class TargetException extends Exception {
  private static final long serialVersionUID = 1L;

  /// Why, for counting and for the decision to try again.
  public enum Kind {
    UNREACHABLE,
    REFUSED,
    /// Lets nobody in now: too many connections, or just starting or stopping.
    BUSY,
    TIMED_OUT,
    CANCELED,
    NOT_PERMITTED,
    MISSING,
    OTHER
  }

  private final Kind kind;

  public TargetException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }
}
