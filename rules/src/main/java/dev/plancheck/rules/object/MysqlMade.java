// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.rules.object;

import dev.plancheck.engine.sql.Statement;
import dev.plancheck.engine.sql.TableAction;
import java.util.HashSet;
import java.util.Set;

/// The columns and indexes that one ALTER TABLE of MySQL or MariaDB brings and takes away, in
/// whatever order its actions are written.
record MysqlMade(Set<String> columns, Set<String> goneColumns, Set<String> goneIndexes) {
  MysqlMade {
    columns = Set.copyOf(columns);
    goneColumns = Set.copyOf(goneColumns);
    goneIndexes = Set.copyOf(goneIndexes);
  }

  static MysqlMade by(Statement.AlterTable alter) {
    var columns = new HashSet<String>();
    var goneColumns = new HashSet<String>();
    var goneIndexes = new HashSet<String>();
    for (var action : alter.actions()) {
      switch (action) {
        case TableAction.AddColumn(var column, _, _) -> columns.add(column.name());
        case TableAction.DropColumn(var column, _, _, _) -> goneColumns.add(column);
        case TableAction.RenameColumn(var from, var to, _) -> {
          columns.add(to);
          goneColumns.add(from);
        }
        case TableAction.RedefineColumn(var from, var column, _) -> {
          if (!from.equals(column.name())) {
            columns.add(column.name());
            goneColumns.add(from);
          }
        }
        case TableAction.DropIndex(var index, _, _) -> goneIndexes.add(index);
        case TableAction.DropConstraint(var constraint, _, _, _) -> goneIndexes.add(constraint);
        case TableAction.RenameIndex(var from, _, _) -> goneIndexes.add(from);
        case TableAction _ -> {}
      }
    }
    return new MysqlMade(columns, goneColumns, goneIndexes);
  }
}
