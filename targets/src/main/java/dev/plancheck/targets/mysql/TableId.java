// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.mysql;

/// A table by its database and name, both as [Spelling] compares them.
record TableId(String database, String name) implements Comparable<TableId> {
  @Override
  public int compareTo(TableId other) {
    var byDatabase = database.compareTo(other.database);
    return byDatabase != 0 ? byDatabase : name.compareTo(other.name);
  }

  /// As SQL writes it.
  String quoted() {
    return Literals.name(database) + "." + Literals.name(name);
  }
}
