// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.summary;

import dev.plancheck.checks.summary.AffectedRows.Method;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Adds up affected rows: the sum is as good as its weakest part, and repeats no note.
final class RowSum {
  private static final int MOST_NOTES = 5;

  private final Set<String> notes = new LinkedHashSet<>();
  private Method method = Method.COUNTED;
  private long rows;

  /// Of those at most, and no part of a sum that is at least some number.
  private long most;

  void add(AffectedRows part) {
    if (part.rows() != null && part.method() == Method.UPPER_BOUND) {
      most = saturated(most, part.rows());
    } else if (part.rows() != null) {
      rows = saturated(rows, part.rows());
    }
    method = method.compareTo(part.method()) >= 0 ? method : part.method();
    if (!part.note().isEmpty()) {
      notes.add(part.note());
    }
  }

  void addAll(RowSum other) {
    rows = saturated(rows, other.rows);
    most = saturated(most, other.most);
    method = method.compareTo(other.method) >= 0 ? method : other.method;
    notes.addAll(other.notes);
  }

  AffectedRows sum() {
    return switch (method) {
      case UNKNOWN -> AffectedRows.unknown(note());
      case AT_LEAST -> new AffectedRows(method, rows, note());
      case COUNTED, ESTIMATED, UPPER_BOUND ->
          new AffectedRows(method, saturated(rows, most), note());
    };
  }

  private String note() {
    var all = List.copyOf(notes);
    return all.size() <= MOST_NOTES
        ? String.join("; ", all)
        : String.join("; ", all.subList(0, MOST_NOTES))
            + "; and %d more".formatted(all.size() - MOST_NOTES);
  }

  /// A planner's guess may be absurdly large.
  private static long saturated(long left, long right) {
    return left > Long.MAX_VALUE - right ? Long.MAX_VALUE : left + right;
  }
}
