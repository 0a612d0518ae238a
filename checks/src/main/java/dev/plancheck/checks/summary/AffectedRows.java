// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.summary;

import org.jspecify.annotations.Nullable;

/// A number of rows and how it was obtained. `rows` is null exactly when the method is UNKNOWN:
/// unknown is never 0.
///
/// `note` says in words what the number leaves out or why there is none; empty when there is
/// nothing to say.
public record AffectedRows(Method method, @Nullable Long rows, String note) {
  public static final AffectedRows NONE = new AffectedRows(Method.COUNTED, 0L, "");

  public enum Method {
    COUNTED,
    ESTIMATED,
    UPPER_BOUND,
    UNKNOWN
  }

  public AffectedRows {
    if ((method == Method.UNKNOWN) != (rows == null)) {
      throw new IllegalArgumentException(
          "affected rows: %s by %s (expected: no number exactly when UNKNOWN)"
              .formatted(rows, method));
    }
  }

  public static AffectedRows unknown(String why) {
    return new AffectedRows(Method.UNKNOWN, null, why);
  }

  /// The sum of two numbers by the weaker of their methods; UNKNOWN if either is.
  public AffectedRows plus(AffectedRows other) {
    var note = joined(this.note, other.note);
    if (rows == null || other.rows == null) {
      return unknown(note);
    }
    var weaker = method.compareTo(other.method) >= 0 ? method : other.method;
    return new AffectedRows(weaker, Math.addExact(rows, other.rows), note);
  }

  private static String joined(String first, String second) {
    if (first.isEmpty() || first.equals(second)) {
      return second;
    }
    return second.isEmpty() ? first : first + "; " + second;
  }
}
