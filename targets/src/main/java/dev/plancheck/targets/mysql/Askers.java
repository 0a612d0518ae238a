// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.mysql;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// Who wants to know what, where one question is asked for several databases: gives each row of the
/// answer to those catalogues alone whose own question would have had it.
final class Askers {
  private final Questions questions;
  private final Spelling spelling;
  private final SortedMap<TableId, List<Catalogue>> byTable = new TreeMap<>();
  private final Map<String, List<Catalogue>> byDatabase = new HashMap<>();

  /// `questions` tells what the server can be asked.
  Askers(Questions questions, Spelling spelling) {
    this.questions = questions;
    this.spelling = spelling;
  }

  void ofDatabase(Described asker) {
    byDatabase.computeIfAbsent(asker.named().home(), _ -> new ArrayList<>()).add(asker.catalogue());
  }

  void ofTables(Collection<TableId> tables, Catalogue asker) {
    tables.forEach(id -> byTable.computeIfAbsent(id, _ -> new ArrayList<>()).add(asker));
  }

  SortedSet<TableId> tables() {
    return new TreeSet<>(byTable.keySet());
  }

  void give(Collection<Row> rows) {
    rows.forEach(this::give);
  }

  private void give(Row row) {
    switch (row.text(0).charAt(0)) {
      case Catalogue.DATABASE, Catalogue.FUNCTION ->
          byDatabase
              .getOrDefault(spelling.same(row.text(1)), List.of())
              .forEach(asker -> asker.add(row));
      case Catalogue.FOREIGN_KEY -> {
        give(spelling.id(row.text(1), row.text(2)), row);
        give(questions.referenced(row, spelling), row);
      }
      default -> give(spelling.id(row.text(1), row.text(2)), row);
    }
  }

  private void give(TableId table, Row row) {
    byTable.getOrDefault(table, List.of()).forEach(asker -> asker.add(row));
  }
}
