// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.dialect.postgresql;

import dev.plancheck.engine.dialect.NotLowered;
import dev.plancheck.engine.sql.Expression.Form;
import dev.plancheck.engine.sql.ObjectKind;
import dev.plancheck.engine.sql.Statement;
import dev.plancheck.engine.sql.Statement.IndexPart;
import dev.plancheck.engine.sql.TableAction;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Alter_index_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Create_index_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Index_columnContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Index_def_actionContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Reindex_optionsContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Reindex_stmtContext;

/// CREATE, ALTER and REINDEX of indexes.
final class Indexes {
  private Indexes() {}

  static Statement create(Origin origin, Create_index_statementContext index) {
    var rest = index.index_rest();
    var included = rest.including_index();
    var where = rest.index_where();
    return new Statement.CreateIndex(
        index.name == null ? null : Names.of(origin, index.name),
        Names.object(origin, index.table_name),
        index.UNIQUE() != null,
        index.CONCURRENTLY() != null,
        index.if_not_exists() != null,
        index.ONLY() != null,
        rest.method == null ? "btree" : Names.of(origin, rest.method),
        rest.index_columns().index_column().stream().map(part -> part(origin, part)).toList(),
        included == null ? List.of() : Names.all(origin, included.identifier()),
        where == null ? null : Expressions.of(origin, where.vex()));
  }

  /// A column is one only without brackets: the server makes an expression of `(a)` too, but takes
  /// it for the column in the end.
  private static IndexPart part(Origin origin, Index_columnContext part) {
    var expression = Expressions.of(origin, part.column);
    var column = expression.form() instanceof Form.Column(var name) ? name : null;
    return new IndexPart(column, expression);
  }

  static Statement alter(Origin origin, Alter_index_statementContext index) {
    if (index.index_def_action() == null) {
      throw new NotLowered("what ALTER INDEX ALL IN TABLESPACE moves");
    }
    return new Statement.AlterTable(
        ObjectKind.INDEX,
        Names.object(origin, index.schema_qualified_name()),
        index.if_exists() != null,
        false,
        List.of(action(origin, index.index_def_action())));
  }

  private static TableAction action(Origin origin, Index_def_actionContext action) {
    var span = origin.span(action);
    if (action.rename_to() != null) {
      return new TableAction.RenameTo(Names.of(origin, action.rename_to().name), span);
    }
    if (action.set_tablespace() != null) {
      var name = Names.of(origin, action.set_tablespace().identifier());
      return new TableAction.SetTablespace(name, span);
    }
    if (action.storage_parameters() != null) {
      var options = AlterTables.options(origin, action.storage_parameters());
      return new TableAction.SetOptions(options, span);
    }
    if (action.identifier_list_in_paren() != null) {
      var names = action.identifier_list_in_paren().identifier_list().identifier();
      return new TableAction.SetOptions(Names.all(origin, names), span);
    }
    return new TableAction.Other(otherName(action), span);
  }

  private static String otherName(Index_def_actionContext action) {
    if (action.ATTACH() != null) {
      return "ATTACH PARTITION";
    }
    return action.set_statistics() != null ? "SET STATISTICS" : "DEPENDS ON EXTENSION";
  }

  static Statement reindex(Origin origin, Reindex_stmtContext reindex) {
    var name = reindex.schema_qualified_name();
    return new Statement.Reindex(
        kind(reindex),
        name == null ? null : Names.object(origin, name),
        reindex.CONCURRENTLY() != null || concurrently(origin, reindex.reindex_options()));
  }

  private static boolean concurrently(Origin origin, @Nullable Reindex_optionsContext options) {
    return options != null
        && options.reindex_option().stream()
            .anyMatch(option ->
                option.CONCURRENTLY() != null && Options.isOn(origin, option.boolean_value()));
  }

  private static ObjectKind kind(Reindex_stmtContext reindex) {
    if (reindex.INDEX() != null) {
      return ObjectKind.INDEX;
    }
    if (reindex.TABLE() != null) {
      return ObjectKind.TABLE;
    }
    if (reindex.SCHEMA() != null) {
      return ObjectKind.SCHEMA;
    }
    return reindex.DATABASE() != null ? ObjectKind.DATABASE : ObjectKind.SYSTEM;
  }
}
