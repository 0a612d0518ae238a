// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.cli.check;

import dev.plancheck.checks.summary.AffectedRows;
import dev.plancheck.checks.summary.SummaryReport;
import dev.plancheck.cli.check.CheckReport.CheckedDatabase;
import dev.plancheck.cli.check.CheckReport.CheckedScript;
import dev.plancheck.cli.report.Text;
import dev.plancheck.cli.terminal.Cells;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// What a script changes, as a table with a line per database and table: rows and size as the
/// server knows them, affected rows with how they were obtained.
final class ChangeTable {
  /// The most databases that are shown each by itself; then those with the most affected rows.
  private static final int MOST_DATABASES = 20;

  private static final List<String> TITLES =
      List.of("Database", "Table", "Rows", "Size", "Affected rows", "Altered");

  private static final int AFFECTED = 4;

  /// Numbers are aligned to the right.
  private static final Set<Integer> RIGHT = Set.of(2, 3, AFFECTED);

  private final Text text;

  ChangeTable(Text text) {
    this.text = text;
  }

  void write(CheckedScript script) throws IOException {
    var checked = script.databases().stream().filter(one -> one.summary() != null).toList();
    if (checked.isEmpty()) {
      return;
    }
    if (checked.stream().noneMatch(ChangeTable::changes)) {
      text.line(Cells.printable(script.file().path()) + " changes no table");
      text.line("");
      return;
    }
    var lines = new ArrayList<List<String>>();
    for (var database : shown(checked)) {
      add(database, lines);
    }
    if (checked.size() > 1) {
      lines.add(List.of("all %,d".formatted(checked.size()), "", "", "", sum(checked), ""));
    }
    text.line(text.paint().strong("What " + Cells.printable(script.file().path()) + " changes"));
    writeTable(lines);
    if (checked.size() > MOST_DATABASES) {
      text.line(
          text.paint()
              .faint(
                  "The %d with the most affected rows; --format json has all."
                      .formatted(MOST_DATABASES)));
    }
    if (lines.stream().anyMatch(line -> line.get(AFFECTED).startsWith("~"))) {
      text.note("~ is an estimate of the server's planner");
    }
    for (var note : AmountNote.of(checked)) {
      text.note(note.words(checked.size()));
    }
    for (var note : AlterationNote.of(checked)) {
      text.note(note);
    }
    text.line("");
  }

  /// Unknown may be a change.
  private static boolean changes(CheckedDatabase database) {
    var summary = database.summary();
    if (summary == null) {
      return false;
    }
    var rows = summary.affected().rows();
    return !summary.changedTables().isEmpty() || rows == null || rows > 0;
  }

  /// In the given order if they are few. Unknown may be more than any number, and comes first.
  private static List<CheckedDatabase> shown(List<CheckedDatabase> checked) {
    if (checked.size() <= MOST_DATABASES) {
      return checked;
    }
    return checked.stream()
        .sorted(Comparator.comparingLong(ChangeTable::most).reversed())
        .limit(MOST_DATABASES)
        .toList();
  }

  private static long most(CheckedDatabase database) {
    var summary = database.summary();
    var rows = summary == null ? null : summary.affected().rows();
    return rows == null ? Long.MAX_VALUE : rows;
  }

  private static void add(CheckedDatabase database, List<List<String>> lines) {
    var summary = database.summary();
    if (summary == null) {
      return;
    }
    var name = database.name();
    if (summary.changedTables().isEmpty()) {
      lines.add(List.of(name, "no table", "", "", Amounts.affected(summary.affected()), ""));
    }
    for (var table : summary.changedTables()) {
      lines.add(
          List.of(
              name,
              table.table(),
              Amounts.estimate(table.rows()),
              Amounts.size(table.bytes()),
              Amounts.affected(table.affected()),
              AlterationNote.cell(table.alteration())));
      name = "";
    }
    if (!isOfOneTable(summary)) {
      lines.add(List.of("", "all", "", "", Amounts.affected(summary.affected()), ""));
    }
  }

  /// Beside its tables a script may change what belongs to none, such as by code.
  private static boolean isOfOneTable(SummaryReport summary) {
    var tables = summary.changedTables();
    var sum = Amounts.affected(summary.affected());
    return tables.isEmpty()
        || (tables.size() == 1 && Amounts.affected(tables.getFirst().affected()).equals(sum));
  }

  private static String sum(List<CheckedDatabase> checked) {
    return Amounts.affected(
        checked.stream()
            .map(CheckedDatabase::summary)
            .flatMap(Stream::ofNullable)
            .map(SummaryReport::affected)
            .map(affected -> new AffectedRows(affected.method(), affected.rows(), ""))
            .reduce(AffectedRows.NONE, AffectedRows::plus));
  }

  private void writeTable(List<List<String>> lines) throws IOException {
    var widths = new int[TITLES.size()];
    for (var line : Stream.concat(Stream.of(TITLES), lines.stream()).toList()) {
      for (var i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], Cells.width(Cells.printable(line.get(i))));
      }
    }
    var altered = lines.stream().anyMatch(line -> !line.getLast().isEmpty());
    var titles = altered ? TITLES : TITLES.subList(0, TITLES.size() - 1);
    text.line(text.paint().faint(row(titles, widths)));
    for (var line : lines) {
      text.line(row(line, widths));
    }
  }

  private static String row(List<String> cells, int[] widths) {
    var row = new StringBuilder();
    for (var i = 0; i < cells.size(); i++) {
      var cell = Cells.printable(cells.get(i));
      var space = " ".repeat(widths[i] - Cells.width(cell));
      row.append("  ").append(RIGHT.contains(i) ? space + cell : cell + space);
    }
    return row.toString().stripTrailing();
  }
}
