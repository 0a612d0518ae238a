// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.cli.check;

import dev.plancheck.checks.summary.Alteration;
import dev.plancheck.checks.summary.SummaryReport.ChangedTable;
import dev.plancheck.cli.check.CheckReport.CheckedDatabase;
import dev.plancheck.engine.schema.SizeBorders;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// How MySQL and MariaDB alter tables, in words: a few for the table of changes, and for what takes
/// long a sentence that names rows, bytes and what to do.
final class AlterationNote {
  private static final int MOST_NOTES = 5;

  private AlterationNote() {}

  /// Empty for none.
  static String cell(@Nullable Alteration alteration) {
    return switch (alteration) {
      case null -> "";
      case INSTANT -> "INSTANT";
      case IN_PLACE -> "INPLACE";
      case REBUILD -> "INPLACE, rebuilt";
      case ONLINE_COPY -> "COPY, writes go on";
      case REFUSED -> "refused";
      case LOCKED -> "INPLACE, writes wait";
      case UNKNOWN -> "unknown";
      case COPY -> "COPY, writes wait";
    };
  }

  /// Of tables that are not known to be small, the largest first, and of which nobody knows the
  /// size before them.
  static List<String> of(List<CheckedDatabase> databases) {
    record Noted(long bytes, String text) {}
    var notes = new ArrayList<Noted>();
    for (var database : databases) {
      for (var table : changed(database)) {
        var bytes = table.bytes();
        var where = databases.size() == 1 ? "" : " on " + database.name();
        sentence(table, where)
            .forEach(text -> notes.add(new Noted(bytes == null ? Long.MAX_VALUE : bytes, text)));
      }
    }
    var shown =
        notes.stream()
            .sorted(Comparator.comparingLong(Noted::bytes).reversed())
            .limit(MOST_NOTES)
            .map(Noted::text);
    var more = notes.size() - MOST_NOTES;
    return Stream.concat(
            shown, more > 0 ? Stream.of("%,d more like these".formatted(more)) : Stream.empty())
        .toList();
  }

  private static List<ChangedTable> changed(CheckedDatabase database) {
    var summary = database.summary();
    return summary == null ? List.of() : summary.changedTables();
  }

  private static Stream<String> sentence(ChangedTable table, String where) {
    if (isSmall(table)) {
      return Stream.empty();
    }
    var name = table.table() + where;
    var amount =
        "%s rows, %s".formatted(Amounts.estimate(table.rows()), Amounts.size(table.bytes()));
    return switch (table.alteration()) {
      case null -> Stream.empty();
      case INSTANT -> Stream.of("INSTANT: %s is altered at once, run it directly".formatted(name));
      case IN_PLACE -> Stream.empty();
      case REBUILD, ONLINE_COPY ->
          Stream.of(
              "%s: writes go on while all of %s (%s) is written anew, and replicas are late by as long: use gh-ost where they may not be"
                  .formatted(
                      table.alteration() == Alteration.REBUILD ? "INPLACE" : "COPY", name, amount));
      case REFUSED ->
          Stream.of(
              "refused: the server does not alter %s as ALGORITHM or LOCK wants".formatted(name));
      case LOCKED ->
          Stream.of(
              "INPLACE: blocks writes to %s while it works on %s: use gh-ost"
                  .formatted(name, amount));
      case UNKNOWN -> Stream.of("how the server alters %s is not known".formatted(name));
      case COPY ->
          Stream.of(
              "COPY: blocks writes to %s for a copy of %s: use gh-ost".formatted(name, amount));
    };
  }

  private static boolean isSmall(ChangedTable table) {
    var rows = table.rows();
    var bytes = table.bytes();
    return rows != null
        && bytes != null
        && rows < SizeBorders.DEFAULT.smallRows()
        && bytes < SizeBorders.DEFAULT.smallBytes();
  }
}
