// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.cli.check;

import dev.plancheck.cli.check.CheckReport.CheckedDatabase;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.stream.Stream;

/// What a number of rows leaves out, or why there is none: said once, with the tables and databases
/// that it is about.
record AmountNote(String text, SequencedSet<String> tables, SequencedSet<String> databases) {
  /// More names than these tell nobody anything.
  private static final int MOST_NAMES = 3;

  private static final String SEPARATOR = "; ";

  /// In the order in which they were met. What belongs to no table stands in the sum only, beside
  /// all that belongs to one.
  static Collection<AmountNote> of(List<CheckedDatabase> databases) {
    var notes = new LinkedHashMap<String, AmountNote>();
    for (var database : databases) {
      var summary = database.summary();
      if (summary == null) {
        continue;
      }
      for (var table : summary.changedTables()) {
        add(notes, table.affected().note(), table.table(), database.name());
      }
      var ofTables =
          summary.changedTables().stream()
              .flatMap(table -> Stream.of(table.affected().note().split(SEPARATOR)))
              .toList();
      Stream.of(summary.affected().note().split(SEPARATOR))
          .filter(note -> !ofTables.contains(note))
          .forEach(note -> add(notes, note, "", database.name()));
    }
    return notes.values();
  }

  private static void add(
      LinkedHashMap<String, AmountNote> notes, String text, String table, String database) {
    if (text.isEmpty()) {
      return;
    }
    var note =
        notes.computeIfAbsent(
            text, _ -> new AmountNote(text, new LinkedHashSet<>(), new LinkedHashSet<>()));
    if (!table.isEmpty()) {
      note.tables.add(table);
    }
    note.databases.add(database);
  }

  /// `all` is how many databases were checked: those of a note that holds for all are not named.
  String words(int all) {
    var about = new ArrayList<String>();
    if (!tables.isEmpty()) {
      about.add(named(tables));
    }
    if (databases.size() < all) {
      about.add("on " + named(databases));
    }
    return about.isEmpty() ? text : "%s (%s)".formatted(text, String.join(" ", about));
  }

  private static String named(SequencedSet<String> names) {
    var shown = String.join(", ", names.stream().limit(MOST_NAMES).toList());
    return names.size() > MOST_NAMES
        ? "%s and %,d more".formatted(shown, names.size() - MOST_NAMES)
        : shown;
  }
}
