// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.mysql;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// What the catalogue says of tables whose rows may be counted. `asked` are those that it was asked
/// about; of those there is a table for each that the user sees.
record CountFacts(Set<TableId> asked, Map<TableId, Table> tables) {
  static final CountFacts NONE = new CountFacts(Set.of(), Map.of());

  /// `key` are the columns of the primary key; none if there is none.
  record Table(
      String type,
      String engine,
      List<String> key,
      List<Trigger> triggers,
      List<Cascade> cascades) {}

  record Trigger(String name, String event) {}

  /// A foreign key of a table in the same database that refers to a column.
  record Cascade(TableId child, String column, String onUpdate, String onDelete) {}

  CountFacts {
    asked = Set.copyOf(asked);
    tables = Map.copyOf(tables);
  }

  /// Of the tables that were asked about by name.
  static CountFacts of(Described described) {
    var catalogue = described.catalogue();
    var tables = new HashMap<TableId, Table>();
    for (var id : described.named().ids()) {
      var row = catalogue.row(Catalogue.TABLE, id);
      if (row != null) {
        tables.put(
            id,
            new Table(
                Catalogue.value(row, 0),
                Catalogue.value(row, 1),
                key(catalogue, id),
                triggers(catalogue, id),
                cascades(catalogue, id)));
      }
    }
    return new CountFacts(described.named().ids(), tables);
  }

  boolean tellsAllOf(Collection<TableId> wanted) {
    return asked.containsAll(wanted);
  }

  private static List<String> key(Catalogue catalogue, TableId id) {
    return catalogue.rows(Catalogue.INDEX_PART, id).stream()
        .filter(part -> Catalogue.name(part).equals("PRIMARY"))
        .map(part -> Catalogue.value(part, 1))
        .toList();
  }

  private static List<Trigger> triggers(Catalogue catalogue, TableId id) {
    return catalogue.rows(Catalogue.TRIGGER, id).stream()
        .map(row -> new Trigger(Catalogue.name(row), Catalogue.value(row, 1)))
        .toList();
  }

  private static List<Cascade> cascades(Catalogue catalogue, TableId id) {
    var cascades = new ArrayList<Cascade>();
    for (var child : new TreeSet<>(catalogue.referencing(id))) {
      if (!child.database().equals(id.database())) {
        continue;
      }
      for (var key : catalogue.rows(Catalogue.FOREIGN_KEY, child)) {
        for (var column : catalogue.rows(Catalogue.KEY_COLUMN, child)) {
          if (Catalogue.name(column).equals(Catalogue.name(key)) && isTo(catalogue, id, column)) {
            cascades.add(
                new Cascade(
                    child,
                    Catalogue.value(column, 3).toLowerCase(Locale.ROOT),
                    Catalogue.value(key, 0),
                    Catalogue.value(key, 1)));
          }
        }
      }
    }
    return cascades;
  }

  private static boolean isTo(Catalogue catalogue, TableId id, Row column) {
    return catalogue
        .spelling()
        .id(Catalogue.value(column, 1), Catalogue.value(column, 2))
        .equals(id);
  }
}
