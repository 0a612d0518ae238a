// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.dialect.postgresql;

import dev.plancheck.engine.dialect.NotLowered;
import dev.plancheck.engine.sql.ObjectKind;
import dev.plancheck.engine.sql.ObjectName;
import dev.plancheck.engine.sql.Statement;
import dev.plancheck.engine.sql.TableAction;
import dev.plancheck.engine.text.Span;
import java.util.List;
import java.util.Set;
import org.antlr.v4.runtime.tree.TerminalNode;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Additional_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Alter_materialized_view_actionContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Alter_materialized_view_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Alter_view_actionContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Alter_view_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Create_view_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.IdentifierContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Materialized_view_actionContext;

/// Views and materialized views.
final class Views {
  private Views() {}

  static Statement create(Origin origin, Create_view_statementContext view) {
    var name = Names.object(origin, view.name);
    // A recursive view names itself as a common table expression would.
    Set<String> names = view.RECURSIVE() == null ? Set.of() : Set.of(name.name());
    return new Statement.CreateView(
        name,
        view.OR() != null,
        view.MATERIALIZED() != null,
        view.if_not_exists() != null,
        view.NO() == null,
        new References(origin).add(view.v_query, names).query());
  }

  static Statement refresh(Origin origin, Additional_statementContext refresh) {
    return new Statement.RefreshMaterializedView(
        Names.object(origin, refresh.schema_qualified_name()),
        refresh.CONCURRENTLY() != null,
        refresh.NO() == null);
  }

  static Statement alter(Origin origin, Alter_view_statementContext view) {
    return new Statement.AlterTable(
        ObjectKind.VIEW,
        Names.object(origin, view.name),
        view.if_exists() != null,
        false,
        List.of(action(origin, view.alter_view_action())));
  }

  private static TableAction action(Origin origin, Alter_view_actionContext action) {
    var span = origin.span(action);
    if (action.set_def_column() != null) {
      var value = Expressions.of(origin, action.set_def_column().vex());
      return new TableAction.SetDefault(Names.of(origin, action.column_name), value, span);
    }
    if (action.drop_def() != null) {
      return new TableAction.DropDefault(Names.of(origin, action.column_name), span);
    }
    if (action.rename_to() != null) {
      return new TableAction.RenameTo(Names.of(origin, action.rename_to().name), span);
    }
    if (action.set_schema() != null) {
      var schema = Names.of(origin, action.set_schema().identifier());
      return new TableAction.SetSchema(schema, span);
    }
    if (action.RENAME() != null) {
      return renameColumn(origin, action.identifier(), span);
    }
    return new TableAction.SetOptions(
        action.storage_parameters() != null
            ? AlterTables.options(origin, action.storage_parameters())
            : AlterTables.options(origin, action.names_in_parens()),
        span);
  }

  private static TableAction renameColumn(Origin origin, List<IdentifierContext> names, Span span) {
    return new TableAction.RenameColumn(
        Names.of(origin, names.get(0)), Names.of(origin, names.get(1)), span);
  }

  static Statement alter(Origin origin, Alter_materialized_view_statementContext view) {
    if (view.alter_materialized_view_action() == null) {
      throw new NotLowered("what ALTER MATERIALIZED VIEW ALL IN TABLESPACE moves");
    }
    ObjectName name = Names.object(origin, view.schema_qualified_name());
    return new Statement.AlterTable(
        ObjectKind.MATERIALIZED_VIEW,
        name,
        view.if_exists() != null,
        false,
        actions(origin, view.alter_materialized_view_action()));
  }

  private static List<TableAction> actions(
      Origin origin, Alter_materialized_view_actionContext action) {
    var span = origin.span(action);
    if (!action.materialized_view_action().isEmpty()) {
      return action.materialized_view_action().stream().map(a -> action(origin, a)).toList();
    }
    if (action.rename_to() != null) {
      return List.of(new TableAction.RenameTo(Names.of(origin, action.rename_to().name), span));
    }
    if (action.set_schema() != null) {
      var schema = Names.of(origin, action.set_schema().identifier());
      return List.of(new TableAction.SetSchema(schema, span));
    }
    return List.of(
        action.RENAME() != null
            ? renameColumn(origin, action.identifier(), span)
            : new TableAction.Other("DEPENDS ON EXTENSION", span));
  }

  private static TableAction action(Origin origin, Materialized_view_actionContext action) {
    var span = origin.span(action);
    if (action.METHOD() != null) {
      var method = Names.of(origin, action.access_method_name);
      return new TableAction.SetAccessMethod(method, span);
    }
    if (action.ALTER() == null && action.storage_parameters() != null) {
      var options = AlterTables.options(origin, action.storage_parameters());
      return new TableAction.SetOptions(options, span);
    }
    if (action.ALTER() == null && action.names_in_parens() != null) {
      var options = AlterTables.options(origin, action.names_in_parens());
      return new TableAction.SetOptions(options, span);
    }
    if (action.ALTER() != null) {
      return new TableAction.Other(columnAction(action), span);
    }
    TerminalNode on = action.ON();
    return new TableAction.Other(on == null ? "SET WITHOUT CLUSTER" : "CLUSTER ON", span);
  }

  private static String columnAction(Materialized_view_actionContext action) {
    if (action.set_statistics() != null) {
      return "SET STATISTICS";
    }
    if (action.STORAGE() != null) {
      return "SET STORAGE";
    }
    return action.RESET() == null ? "SET COLUMN OPTIONS" : "RESET COLUMN OPTIONS";
  }
}
