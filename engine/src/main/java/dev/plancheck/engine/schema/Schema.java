// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.schema;

import dev.plancheck.engine.Engine;
import dev.plancheck.engine.EngineVersion;
import dev.plancheck.engine.sql.ObjectName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// A snapshot of what a script can reach in one database: an immutable value that holds no number
/// of that database but size bands.
///
/// `known` is false when nothing was read (a lint without a target): then a relation that is not
/// here may exist all the same. When it is true, a name that the script mentions and that is not
/// here does not exist. Keys are schema-qualified. `settings` are those that change what a
/// statement does (`timezone`, `lock_timeout`, ...), names in lower case. `functions` are those
/// that users made and the script names, each with the most volatile of its overloads.
///
/// In an unknown schema a table that the script changes appears with just what the script says of
/// it: see [#isComplete].
public record Schema(
    EngineVersion version,
    boolean known,
    List<String> searchPath,
    SortedMap<String, String> settings,
    SortedMap<ObjectName, Table> tables,
    SortedMap<ObjectName, UserType> types,
    SortedMap<ObjectName, Volatility> functions) {

  /// The schema of temporary objects, which every search path begins with.
  public static final String TEMPORARY = "pg_temp";

  /// What a function promises about its results; VOLATILE ones run once for every row.
  public enum Volatility {
    IMMUTABLE,
    STABLE,
    VOLATILE
  }

  public Schema {
    searchPath = List.copyOf(searchPath);
    settings = PersistentMap.copyOf(settings);
    tables = PersistentMap.copyOf(tables);
    types = PersistentMap.copyOf(types);
    functions = PersistentMap.copyOf(functions);
  }

  /// Nothing is known of the target but its version; unqualified names are taken to live in
  /// `public`, or for MySQL and MariaDB in the session's own database.
  public static Schema unknown(EngineVersion version) {
    return new Schema(
        version,
        false,
        List.of(version.engine() == Engine.POSTGRESQL ? "public" : ObjectName.HERE),
        new TreeMap<>(),
        new TreeMap<>(),
        new TreeMap<>(),
        new TreeMap<>());
  }

  /// The table that a name in a script means, by the search path if it has no schema.
  public Optional<Table> table(ObjectName name) {
    return lookUp(tables, name);
  }

  public Optional<UserType> type(ObjectName name) {
    return lookUp(types, name);
  }

  /// The volatility of a function that users made; empty for built-in and for unknown ones.
  public Optional<Volatility> function(ObjectName name) {
    return lookUp(functions, name);
  }

  /// Whether all of the table is known: it was read from the target, or the script itself made it.
  public boolean isComplete(Table table) {
    return known || table.createdByScript();
  }

  /// Whether a lock on the relation, or the loss of it, can hurt anyone: it exists, perhaps, and
  /// neither did the script make it nor is it temporary or proved empty.
  public boolean isInUse(ObjectName name) {
    return table(name).map(this::isInUse).orElse(!known);
  }

  private boolean isInUse(Table table) {
    return !table.isHarmlessToLock()
        || table.dependents().partitions().stream().anyMatch(this::isInUse);
  }

  /// The table that has an index of that name, by the search path if it has no schema.
  public Optional<Table> tableOfIndex(ObjectName index) {
    var schemas = index.schema() == null ? searchPath : List.of(index.schema());
    for (var schema : schemas) {
      for (var table : tables.values()) {
        if (schema.equals(table.name().schema()) && table.index(index.name()).isPresent()) {
          return Optional.of(table);
        }
      }
    }
    return Optional.empty();
  }

  /// The schema-qualified name that a CREATE of `name` would make: in the first schema of the
  /// search path.
  public ObjectName qualify(ObjectName name) {
    return name.schema() != null || searchPath.isEmpty()
        ? name
        : name.inSchema(searchPath.getFirst());
  }

  public Schema withTables(Map<ObjectName, Table> changed) {
    return new Schema(
        version, known, searchPath, settings, PersistentMap.copyOf(changed), types, functions);
  }

  public Schema withTypes(Map<ObjectName, UserType> changed) {
    return new Schema(
        version, known, searchPath, settings, tables, PersistentMap.copyOf(changed), functions);
  }

  public Schema withSettings(Map<String, String> changed) {
    return new Schema(
        version, known, searchPath, PersistentMap.copyOf(changed), tables, types, functions);
  }

  public Schema withSearchPath(List<String> changed) {
    return new Schema(version, known, changed, settings, tables, types, functions);
  }

  /// The same schema with one table put in the place of what has its name.
  Schema withTable(Table changed) {
    return withTables(PersistentMap.copyOf(tables).with(changed.name(), changed));
  }

  Schema withoutTable(ObjectName name) {
    return withTables(PersistentMap.copyOf(tables).without(name));
  }

  Schema withType(UserType changed) {
    return withTypes(PersistentMap.copyOf(types).with(changed.name(), changed));
  }

  Schema withoutType(ObjectName name) {
    return withTypes(PersistentMap.copyOf(types).without(name));
  }

  private <T> Optional<T> lookUp(Map<ObjectName, T> map, ObjectName name) {
    if (name.schema() != null) {
      return Optional.ofNullable(map.get(name));
    }
    var temporary = map.get(name.inSchema(TEMPORARY));
    if (temporary != null) {
      return Optional.of(temporary);
    }
    for (var schema : searchPath) {
      var found = map.get(name.inSchema(schema));
      if (found != null) {
        return Optional.of(found);
      }
    }
    return Optional.empty();
  }
}
