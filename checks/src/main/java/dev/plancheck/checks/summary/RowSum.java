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

  void add(AffectedRows part) {
    if (part.rows() != null) {
      rows = saturated(rows, part.rows());
    }
    method = method.compareTo(part.method()) >= 0 ? method : part.method();
    if (!part.note().isEmpty()) {
      notes.add(part.note());
    }
  }

  void addAll(RowSum other) {
    rows = saturated(rows, other.rows);
    method = method.compareTo(other.method) >= 0 ? method : other.method;
    notes.addAll(other.notes);
  }

  AffectedRows sum() {
    return method == Method.UNKNOWN
        ? AffectedRows.unknown(note())
        : new AffectedRows(method, rows, note());
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
