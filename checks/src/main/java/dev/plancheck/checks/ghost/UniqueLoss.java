// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.ghost;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Rows that a new unique key leaves out: of those with equal values gh-ost keeps one.
final class UniqueLoss {
  private static final Pattern DIRECTION = Pattern.compile("(?i)\\s+(asc|desc)\\s*+$");
  private static final Pattern PREFIX =
      Pattern.compile("(?s)(.*[^\\s(])\\s*\\(\\s*([0-9]+)\\s*\\)");

  private final GhostCase here;

  private UniqueLoss(GhostCase here) {
    this.here = here;
  }

  /// A part of a key: `column` is empty for an expression and for the beginning of a column; an
  /// expression is not `ours`.
  private record Part(String column, String sql, boolean ours) {}

  static void find(GhostCase here) {
    var loss = new UniqueLoss(here);
    here.shape().keys().stream().filter(key -> key.by() != null).forEach(loss::key);
  }

  private void key(Shape.Key key) {
    var parts = parts(key);
    if (isImplied(parts) || parts.stream().anyMatch(this::differsByItself)) {
      return;
    }
    var old = parts.stream().filter(part -> !isAdded(part)).toList();
    var what =
        "of rows with equal values in the new unique key (%s) only one would stay."
            .formatted(parts.stream().map(Part::sql).collect(Collectors.joining(", ")));
    here.lose(GhostCode.ROWS_LOST_UNIQUE, key.by(), what, query(old));
  }

  private Question query(List<Part> parts) {
    var table = Words.quoted(here.table().name());
    if (parts.isEmpty()) {
      return Question.ours("SELECT 1 FROM %s LIMIT 1, 1".formatted(table));
    }
    var sql = parts.stream().map(Part::sql).collect(Collectors.joining(", "));
    var given =
        parts.stream()
            .map(part -> part.sql() + " IS NOT NULL")
            .collect(Collectors.joining(" AND "));
    var query =
        "SELECT %s FROM %s WHERE %s GROUP BY %s HAVING COUNT(*) > 1 LIMIT 1"
            .formatted(sql, table, given, sql);
    return parts.stream().allMatch(Part::ours) ? Question.ours(query) : Question.theirs(query);
  }

  /// A unique key of before is a part of it, so that nothing new is asked for.
  private boolean isImplied(List<Part> parts) {
    return here.table().keys().stream()
        .filter(key -> key.unique() && !key.prefixed())
        .anyMatch(key ->
            key.columns().stream()
                .allMatch(column ->
                    !column.isEmpty() && parts.stream().anyMatch(part -> isNow(part, column))));
  }

  private boolean isNow(Part part, String before) {
    var now = here.shape().column(part.column()).orElse(null);
    var was = now == null ? null : now.before();
    return was != null && was.name().equalsIgnoreCase(before);
  }

  private boolean isAdded(Part part) {
    return here.shape().column(part.column()).map(column -> column.before() == null).orElse(false);
  }

  /// An added column that is counted, computed or NULL in every row.
  private boolean differsByItself(Part part) {
    var column = here.shape().column(part.column());
    return column.isPresent()
        && column.get().before() == null
        && ((column.get().fillsItself() && !column.get().generated())
            || column.get().isAddedEmpty());
  }

  private List<Part> parts(Shape.Key key) {
    var by = key.by();
    var text = by == null ? "" : Words.bare(here.alter().script().source().slice(by));
    var upper = text.toUpperCase(Locale.ROOT).strip();
    if (!isKey(upper)) {
      return key.columns().stream().map(name -> new Part(name, Words.quoted(name), true)).toList();
    }
    return split(text).stream().map(UniqueLoss::part).toList();
  }

  /// Not a column with UNIQUE behind it.
  private static boolean isKey(String upper) {
    return upper.matches("(?s)(ADD\\s+)?(CONSTRAINT|UNIQUE|PRIMARY)\\b.*");
  }

  private static Part part(String written) {
    var text = DIRECTION.matcher(written.strip()).replaceFirst("").strip();
    var prefix = PREFIX.matcher(text);
    var name = Words.first(text);
    if (text.startsWith("(") || name == null) {
      return new Part("", text, false);
    }
    return prefix.matches()
        ? new Part("", "LEFT(%s, %s)".formatted(Words.quoted(name), prefix.group(2)), true)
        : new Part(name, Words.quoted(name), true);
  }

  /// What stands between the first bracket and its partner, at its commas.
  private static List<String> split(String text) {
    var parts = new ArrayList<String>();
    var depth = 0;
    var from = -1;
    for (var at = 0; at < text.length(); at++) {
      var sign = text.charAt(at);
      if (sign == '(' && ++depth == 1) {
        from = at + 1;
      } else if (depth == 1 && (sign == ',' || sign == ')')) {
        parts.add(text.substring(from, at));
        from = at + 1;
      }
      if (sign == ')' && --depth == 0) {
        return parts;
      }
    }
    return parts;
  }
}
