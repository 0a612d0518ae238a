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

  /// From the strongest to the weakest. AT_LEAST is a count that was ended at a limit: who asks
  /// whether rows are few learns no more from it than from UNKNOWN.
  public enum Method {
    COUNTED,
    ESTIMATED,
    UPPER_BOUND,
    AT_LEAST,
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

  /// The sum of two numbers by the weaker of their methods; UNKNOWN if either is. What is at most
  /// some number may be 0, and adds nothing to what is at least another.
  public AffectedRows plus(AffectedRows other) {
    var note = joined(this.note, other.note);
    if (rows == null || other.rows == null) {
      return unknown(note);
    }
    var weaker = method.compareTo(other.method) >= 0 ? method : other.method;
    var first = certain(method, weaker) ? rows : 0;
    var second = certain(other.method, weaker) ? other.rows : 0;
    return new AffectedRows(weaker, Math.addExact(first, second), note);
  }

  /// Whether a number by `part` belongs to a sum by `whole`.
  private static boolean certain(Method part, Method whole) {
    return whole != Method.AT_LEAST || part != Method.UPPER_BOUND;
  }

  private static String joined(String first, String second) {
    if (first.isEmpty() || first.equals(second)) {
      return second;
    }
    return second.isEmpty() ? first : first + "; " + second;
  }
}
