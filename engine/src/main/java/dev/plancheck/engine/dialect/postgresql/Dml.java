// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.dialect.postgresql;

import dev.plancheck.engine.sql.Expression;
import dev.plancheck.engine.sql.Statement;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Data_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Delete_stmt_for_psqlContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.IdentifierContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Indirection_identifierContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Insert_stmt_for_psqlContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Into_tableContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Merge_stmt_for_psqlContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Select_opsContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Select_stmtContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Update_stmt_for_psqlContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Values_stmtContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.VexContext;

/// SELECT, INSERT, UPDATE, DELETE and MERGE, at the top and within WITH; `names` are the common
/// table expressions visible there.
final class Dml {
  private Dml() {}

  static Statement data(Origin origin, Data_statementContext data) {
    return data.select_stmt() != null
        ? select(origin, data.select_stmt())
        : write(origin, data, Set.of());
  }

  static Statement write(Origin origin, Data_statementContext data, Set<String> names) {
    if (data.insert_stmt_for_psql() != null) {
      return insert(origin, data.insert_stmt_for_psql(), names);
    }
    if (data.update_stmt_for_psql() != null) {
      return update(origin, data.update_stmt_for_psql(), names);
    }
    if (data.delete_stmt_for_psql() != null) {
      return delete(origin, data.delete_stmt_for_psql(), names);
    }
    return merge(origin, data.merge_stmt_for_psql(), names);
  }

  static Statement select(Origin origin, Select_stmtContext select) {
    var references = References.of(origin, select);
    references.addFunctions(origin.parsed().cutFunctions());
    var into = into(select);
    if (into != null) {
      var temporary = into.TEMPORARY() != null || into.TEMP() != null;
      var persistence = Tables.persistence(temporary, into.UNLOGGED() != null);
      var table = Names.object(origin, into.schema_qualified_name());
      return new Statement.CreateTableAs(table, false, persistence, true, references.query());
    }
    return new Statement.Select(references.locks(), references.query());
  }

  /// INTO stands in the first SELECT of a UNION.
  private static @Nullable Into_tableContext into(Select_stmtContext select) {
    Select_opsContext operand = select.select_ops();
    while (operand.select_primary() == null) {
      operand =
          operand.select_stmt() == null
              ? operand.select_ops(0)
              : operand.select_stmt().select_ops();
    }
    return operand.select_primary().into_table();
  }

  private static Statement insert(
      Origin origin, Insert_stmt_for_psqlContext insert, Set<String> names) {
    var references = new References(origin);
    var visible = references.with(insert.with_clause(), names);
    references
        .add(insert.select_stmt(), visible)
        .add(insert.conflict_object(), visible)
        .add(insert.conflict_action(), visible)
        .add(insert.returning_select_list_with_alias(), visible)
        .addFunctions(origin.parsed().cutFunctions());
    var columns = insert.insert_columns();
    return new Statement.Insert(
        Names.object(origin, insert.insert_table_name),
        columns == null ? List.of() : columns(origin, columns.indirection_identifier()),
        rows(origin, insert.select_stmt()),
        insert.CONFLICT() != null,
        references.query());
  }

  /// The rows of a plain VALUES, those included that the grammar did not see.
  private static int rows(Origin origin, @Nullable Select_stmtContext select) {
    if (select == null) {
      return 0;
    }
    Values_stmtContext values = null;
    if (select.select_ops().select_primary() != null) {
      values = select.select_ops().select_primary().values_stmt();
    }
    if (values == null) {
      return 0;
    }
    var end = origin.span(values).end();
    return values.values_values().size() + origin.parsed().cutRows(end);
  }

  private static Statement update(
      Origin origin, Update_stmt_for_psqlContext update, Set<String> names) {
    var references = new References(origin);
    var visible = references.with(update.with_clause(), names);
    references
        .addAll(update.update_set(), visible)
        .addAll(update.from_item(), visible)
        .add(update.vex(), visible)
        .add(update.returning_select_list_with_alias(), visible);
    return new Statement.Update(
        Names.object(origin, update.update_table_name),
        update.update_set().stream().flatMap(set -> columns(origin, set.column).stream()).toList(),
        where(origin, update.vex(), update.cursor),
        references.query());
  }

  private static Statement delete(
      Origin origin, Delete_stmt_for_psqlContext delete, Set<String> names) {
    var references = new References(origin);
    var visible = references.with(delete.with_clause(), names);
    references
        .addAll(delete.from_item(), visible)
        .add(delete.vex(), visible)
        .add(delete.returning_select_list_with_alias(), visible);
    return new Statement.Delete(
        Names.object(origin, delete.delete_table_name),
        where(origin, delete.vex(), delete.cursor),
        references.query());
  }

  private static Statement merge(
      Origin origin, Merge_stmt_for_psqlContext merge, Set<String> names) {
    var references = new References(origin);
    var visible = references.with(merge.with_clause(), names);
    references
        .add(merge.from_item(), visible)
        .add(merge.vex(), visible)
        .addAll(merge.when_condition(), visible)
        .add(merge.returning_select_list_with_alias(), visible);
    return new Statement.Merge(Names.object(origin, merge.merge_table_name), references.query());
  }

  /// The condition; `CURRENT OF cursor` is one row, but no condition that says anything.
  private static @Nullable Expression where(
      Origin origin, @Nullable VexContext condition, @Nullable IdentifierContext cursor) {
    if (cursor == null) {
      return Expressions.orNull(origin, condition);
    }
    return new Expression(
        "CURRENT OF " + origin.text(cursor),
        origin.span(cursor),
        new Expression.Form.Other(),
        List.of(),
        List.of(),
        false);
  }

  private static List<String> columns(Origin origin, List<Indirection_identifierContext> columns) {
    return columns.stream().map(column -> Names.of(origin, column.identifier())).toList();
  }
}
