// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.mysql;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// How tables, of however many databases, are named to a server that is asked about them: as
/// conditions, each for a SELECT of its own.
///
/// MySQL 8 looks everything up in tables. The others go through the folders of databases, and what
/// they do for a condition was measured on MariaDB 10.11: a database and a name that are each equal
/// to a constant are looked up; of a name alone they list the databases, 2 µs for each that there
/// is, and look into those that are wanted; for an OR, or a join, they open every table that there
/// is. Each SELECT costs a temporary table, and one with long texts a file of it, about 0.3 ms.
record Conditions(
    ServerVersion version, long databases, Map<SortedSet<String>, SortedSet<String>> groups) {
  /// What one more SELECT costs beyond its answer, in databases that are listed meanwhile.
  enum Price {
    /// Its temporary table is kept in memory.
    LOW(5),
    /// Its temporary table has long texts, and is a file.
    HIGH(140),
    /// The server looks up no such name: it opens all tables of the database.
    OF_EACH_DATABASE(0);

    private final int listed;

    Price(int listed) {
      this.listed = listed;
    }
  }

  /// `databases` is how many the server has.
  static Conditions of(ServerVersion version, long databases, Collection<TableId> tables) {
    var names = new TreeMap<String, SortedSet<String>>();
    for (var id : tables) {
      names.computeIfAbsent(id.database(), _ -> new TreeSet<>()).add(id.name());
    }
    // Databases by the names that are asked about in them.
    var groups = new LinkedHashMap<SortedSet<String>, SortedSet<String>>();
    names.forEach((database, of) -> groups.computeIfAbsent(of, _ -> new TreeSet<>()).add(database));
    return new Conditions(version, databases, groups);
  }

  /// Of the columns that hold the names of database and table.
  List<String> on(String database, String table, Price price) {
    if (version.hasCatalogueInTables()) {
      return List.of(
          groups.entrySet().stream()
              .map(group -> condition(database, group.getValue(), table, group.getKey()))
              .collect(Collectors.joining(" OR ", "(", ")")));
    }
    var conditions = new ArrayList<String>();
    groups.forEach((names, of) -> {
      if (of.size() > 1 && names.size() * databases <= (long) price.listed * of.size()) {
        names.forEach(name -> conditions.add(condition(database, of, table, List.of(name))));
      } else {
        of.forEach(each -> conditions.add(condition(database, List.of(each), table, names)));
      }
    });
    return conditions;
  }

  private static String condition(
      String database, Collection<String> databases, String table, Collection<String> names) {
    return "(%s %s AND %s %s)"
        .formatted(database, Literals.oneOf(databases), table, Literals.oneOf(names));
  }
}
