// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.mysql;

import dev.plancheck.engine.schema.Mentions;
import dev.plancheck.engine.sql.ObjectName;
import java.util.Collection;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// What the names of a script mean in one database: a name without a database may be a table of it,
/// or of any database that the script names, since it may make that one its own.
///
/// A table stands under the name that the script uses, spelled as there: one that it names in two
/// ways stands there twice.
record Named(String home, SortedMap<ObjectName, TableId> tables) {
  static Named of(String home, Mentions mentions, Spelling spelling) {
    var tables = new TreeMap<ObjectName, TableId>();
    for (var name : mentions.relations()) {
      if (name.schema() != null) {
        tables.put(name, spelling.id(name.schema(), name.name()));
        continue;
      }
      tables.put(name.inSchema(ObjectName.HERE), spelling.id(home, name.name()));
      for (var database : mentions.schemas()) {
        tables.put(name.inSchema(database), spelling.id(database, name.name()));
      }
    }
    return new Named(spelling.same(home), tables);
  }

  /// Together with tables that it does not name.
  Named with(Collection<TableId> others) {
    var all = new TreeMap<>(tables);
    var known = ids();
    for (var id : others) {
      if (!known.contains(id)) {
        all.put(nameOf(id), id);
      }
    }
    return new Named(home, all);
  }

  SortedSet<TableId> ids() {
    return new TreeSet<>(tables.values());
  }

  /// The name of a table as seen from here: that of the script, if it has one.
  ObjectName nameOf(TableId id) {
    return tables.entrySet().stream()
        .filter(entry -> entry.getValue().equals(id))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseGet(() ->
            new ObjectName(
                id.database().equals(home) ? ObjectName.HERE : id.database(), id.name()));
  }
}
