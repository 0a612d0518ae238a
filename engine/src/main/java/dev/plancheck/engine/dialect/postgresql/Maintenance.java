// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.dialect.postgresql;

import dev.plancheck.engine.dialect.NotLowered;
import dev.plancheck.engine.sql.ObjectKind;
import dev.plancheck.engine.sql.ObjectName;
import dev.plancheck.engine.sql.Query;
import dev.plancheck.engine.sql.Statement;
import java.util.List;
import org.antlr.v4.runtime.tree.ParseTree;
import org.jspecify.annotations.Nullable;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Additional_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Copy_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Explain_queryContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Explain_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Only_table_multiplyContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Script_additionalContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Table_cols_listContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Truncate_stmtContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Vacuum_modeContext;

/// What is done to tables as a whole, and the commands of a session that change nothing.
final class Maintenance {
  private static final String EXECUTE = "what EXECUTE runs was prepared elsewhere, so it";

  private Maintenance() {}

  static Statement lower(Origin origin, Script_additionalContext statement) {
    if (statement.additional_statement() != null) {
      return lower(origin, statement.additional_statement());
    }
    if (statement.explain_statement() != null) {
      return explain(origin, statement.explain_statement());
    }
    if (statement.VACUUM() != null) {
      var full = isFull(origin, statement.vacuum_mode());
      return new Statement.Vacuum(tables(origin, statement.table_cols_list()), full);
    }
    if (statement.declare_statement() != null) {
      return Dml.select(origin, statement.declare_statement().select_stmt());
    }
    if (statement.execute_statement() != null) {
      throw new NotLowered(EXECUTE);
    }
    if (statement.CALL() != null) {
      var name = Calls.functions(origin, statement.function_call());
      return new Statement.Utility(
          "CALL", ObjectKind.PROCEDURE, name.isEmpty() ? null : name.getFirst());
    }
    if (statement.DISCARD() != null) {
      return utility(Words.of(statement));
    }
    return utility(firstWord(statement, "SHOW"));
  }

  private static Statement lower(Origin origin, Additional_statementContext statement) {
    if (statement.truncate_stmt() != null) {
      return truncate(origin, statement.truncate_stmt());
    }
    if (statement.copy_statement() != null) {
      return copy(origin, statement.copy_statement());
    }
    if (statement.reindex_stmt() != null) {
      return Indexes.reindex(origin, statement.reindex_stmt());
    }
    if (statement.RESET() != null) {
      return Sessions.reset(origin, statement);
    }
    if (statement.REFRESH() != null) {
      return Views.refresh(origin, statement);
    }
    if (statement.cluster_stmt() != null) {
      var table = statement.cluster_stmt().schema_qualified_name();
      return new Statement.Cluster(table == null ? null : Names.object(origin, table));
    }
    if (statement.analyze_keyword() != null) {
      var tables = tables(origin, statement.table_cols_list());
      return new Statement.Utility(
          "ANALYZE", ObjectKind.TABLE, tables.size() == 1 ? tables.getFirst() : null);
    }
    if (statement.anonymous_block() != null) {
      throw new NotLowered("the body of DO, which is run and not parsed,");
    }
    if (statement.REASSIGN() != null) {
      return utility("REASSIGN OWNED");
    }
    return utility(firstWord(statement, "NOTIFY"));
  }

  private static Statement utility(String command) {
    return new Statement.Utility(command, null, null);
  }

  private static String firstWord(ParseTree node, String otherwise) {
    var words = Words.list(node);
    return words.isEmpty() ? otherwise : words.getFirst();
  }

  private static Statement truncate(Origin origin, Truncate_stmtContext truncate) {
    var tables =
        truncate.only_table_multiply().stream()
            .map(Only_table_multiplyContext::schema_qualified_name)
            .toList();
    return new Statement.Truncate(
        Names.objects(origin, tables),
        AlterTables.cascades(truncate.cascade_restrict()),
        truncate.RESTART() != null);
  }

  private static List<ObjectName> tables(Origin origin, @Nullable Table_cols_listContext list) {
    return list == null
        ? List.of()
        : list.inheritance_specified_table_cols().stream()
            .map(table -> Names.object(origin, table.schema_qualified_name()))
            .toList();
  }

  private static boolean isFull(Origin origin, Vacuum_modeContext mode) {
    return mode.FULL() != null
        || mode.vacuum_option().stream()
            .anyMatch(
                option -> option.FULL() != null && Options.isOn(origin, option.boolean_value()));
  }

  private static Statement copy(Origin origin, Copy_statementContext copy) {
    var from = copy.copy_from_statement();
    if (from != null) {
      var table = Names.object(origin, from.table_cols().schema_qualified_name());
      return new Statement.Copy(table, true, References.of(origin, from.vex()).query());
    }
    var to = copy.copy_to_statement();
    if (to.table_cols() != null) {
      var table = Names.object(origin, to.table_cols().schema_qualified_name());
      return new Statement.Copy(table, false, Query.NONE);
    }
    return new Statement.Copy(null, false, References.of(origin, to.data_statement()).query());
  }

  private static Statement explain(Origin origin, Explain_statementContext explain) {
    var analyze =
        explain.analyze_keyword() != null
            || explain.explain_option().stream()
                .anyMatch(option ->
                    option.analyze_keyword() != null
                        && Options.isOn(origin, option.boolean_value()));
    return new Statement.Explain(analyze, explained(origin, explain.explain_query()));
  }

  private static Statement explained(Origin origin, Explain_queryContext query) {
    if (query.data_statement() != null) {
      return Dml.data(origin, query.data_statement());
    }
    if (query.declare_statement() != null) {
      return Dml.select(origin, query.declare_statement().select_stmt());
    }
    if (query.create_table_as_statement() != null) {
      return Tables.createAs(origin, query.create_table_as_statement());
    }
    if (query.create_view_statement() != null) {
      return Views.create(origin, query.create_view_statement());
    }
    throw new NotLowered(EXECUTE);
  }
}
