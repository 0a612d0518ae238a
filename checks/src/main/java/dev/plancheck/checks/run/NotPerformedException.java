// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.run;

/// A check that cannot be made; the message is the cause in words, and becomes the result.
public final class NotPerformedException extends Exception {
  private static final long serialVersionUID = 1L;

  public NotPerformedException(String cause) {
    super(cause);
  }

  /// The cause in words.
  public String cause() {
    return String.valueOf(getMessage());
  }
}
