// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.rules.object;

import dev.plancheck.engine.schema.ConstraintKind;
import dev.plancheck.engine.schema.Schema;
import dev.plancheck.engine.schema.Table;
import dev.plancheck.engine.sql.ObjectName;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Looks up names in a snapshot of MySQL or MariaDB, and remembers what a statement itself makes
/// and takes away: its later parts see that. Only names in the session's own database are claimed
/// to be there or not, and never by the case of their letters alone.
final class MysqlNames {
  private final Schema schema;
  private final Set<String> made = new HashSet<>();
  private final Set<String> gone = new HashSet<>();

  MysqlNames(Schema schema) {
    this.schema = schema;
  }

  void make(String name) {
    made.add(fold(name));
    gone.remove(fold(name));
  }

  void takeAway(String name) {
    gone.add(fold(name));
    made.remove(fold(name));
  }

  /// Whether the session's own database is known to have no such table or view.
  boolean isAbsent(ObjectName name) {
    return isHere(name)
        && !made.contains(fold(name.name()))
        && (gone.contains(fold(name.name())) || find(name).isEmpty());
  }

  /// The table of that name, if the session's own database is known to have it.
  Optional<Table> present(ObjectName name) {
    return isHere(name) && !gone.contains(fold(name.name())) ? find(name) : Optional.empty();
  }

  /// A table that was there before the script, with all its columns.
  Optional<Table> known(ObjectName name) {
    return isHere(name)
        ? find(name)
            .filter(table -> !table.createdByScript() && table.kind() != Table.Kind.VIEW)
            .filter(table -> !table.columns().isEmpty())
        : Optional.empty();
  }

  private Optional<Table> find(ObjectName name) {
    var exact = schema.table(name);
    return exact.isPresent()
        ? exact
        : schema.tables().values().stream()
            .filter(table -> ObjectName.HERE.equals(table.name().schema()))
            .filter(table -> table.name().name().equalsIgnoreCase(name.name()))
            .findFirst();
  }

  /// After a USE names are looked up in a database that nothing was read of.
  private boolean isHere(ObjectName name) {
    return (name.schema() == null || name.schema().equals(ObjectName.HERE))
        && schema.searchPath().equals(List.of(ObjectName.HERE))
        && !name.name().equalsIgnoreCase("dual");
  }

  static boolean hasColumn(Table table, String column) {
    return table.columns().stream().anyMatch(one -> one.name().equalsIgnoreCase(column));
  }

  static boolean hasIndex(Table table, String index) {
    return table.indexes().stream().anyMatch(one -> one.name().equalsIgnoreCase(index));
  }

  static boolean hasForeignKey(Table table, String key) {
    return table.constraints().stream()
        .anyMatch(
            one -> one.kind() == ConstraintKind.FOREIGN_KEY && key.equalsIgnoreCase(one.name()));
  }

  static String fold(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
