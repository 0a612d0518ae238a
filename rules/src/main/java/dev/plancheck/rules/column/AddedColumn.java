// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.rules.column;

import dev.plancheck.engine.dialect.ScriptStatement;
import dev.plancheck.engine.review.Context;
import dev.plancheck.engine.schema.Table;
import dev.plancheck.engine.sql.ColumnDefinition;
import dev.plancheck.engine.sql.ObjectKind;
import dev.plancheck.engine.sql.ObjectName;
import dev.plancheck.engine.sql.Statement;
import dev.plancheck.engine.sql.TableAction;
import dev.plancheck.engine.text.Span;
import java.util.ArrayList;
import java.util.List;

/// A column that an ALTER TABLE adds to a table which others use and which keeps its rows here.
record AddedColumn(ObjectName table, ColumnDefinition column, Span at) {

  static List<AddedColumn> in(ScriptStatement statement, Context context) {
    if (!(statement.statement() instanceof Statement.AlterTable alter)
        || alter.kind() != ObjectKind.TABLE
        || !context.schema().isInUse(alter.table())) {
      return List.of();
    }
    var table = context.schema().table(alter.table());
    if (table.map(Table::kind).filter(kind -> kind == Table.Kind.FOREIGN_TABLE).isPresent()) {
      return List.of();
    }
    var added = new ArrayList<AddedColumn>();
    for (var action : alter.actions()) {
      if (action instanceof TableAction.AddColumn(var column, var ifNotExists, var span)
          && !(ifNotExists && table.flatMap(t -> t.column(column.name())).isPresent())) {
        added.add(new AddedColumn(alter.table(), column, span));
      }
    }
    return added;
  }
}
