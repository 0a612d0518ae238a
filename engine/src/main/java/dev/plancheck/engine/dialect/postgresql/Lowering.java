// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.dialect.postgresql;

import dev.plancheck.engine.sql.Statement;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Additional_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Only_table_multiplyContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Schema_alterContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Schema_createContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Schema_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Script_additionalContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Script_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.StatementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Truncate_stmtContext;

/// From a statement's tree to a [Statement]: picks who lowers it.
final class Lowering {
  private Lowering() {}

  static Statement lower(Origin origin, StatementContext statement) {
    if (statement.data_statement() != null) {
      return Dml.data(origin, statement.data_statement());
    }
    return statement.schema_statement() != null
        ? schema(origin, statement.schema_statement())
        : script(origin, statement.script_statement());
  }

  private static Statement schema(Origin origin, Schema_statementContext statement) {
    if (statement.schema_create() != null) {
      return create(origin, statement.schema_create());
    }
    return statement.schema_alter() != null
        ? alter(origin, statement.schema_alter())
        : Drops.drop(origin, statement.schema_drop());
  }

  private static Statement create(Origin origin, Schema_createContext create) {
    if (create.create_table_statement() != null) {
      return Tables.create(origin, create.create_table_statement());
    }
    if (create.create_table_as_statement() != null) {
      return Tables.createAs(origin, create.create_table_as_statement());
    }
    if (create.create_index_statement() != null) {
      return Indexes.create(origin, create.create_index_statement());
    }
    if (create.set_statement() != null) {
      return Sessions.set(origin, create.set_statement().set_action());
    }
    throw new NotLowered("this CREATE");
  }

  private static Statement alter(Origin origin, Schema_alterContext alter) {
    if (alter.alter_table_statement() != null) {
      return AlterTables.alter(origin, alter.alter_table_statement());
    }
    if (alter.alter_index_statement() != null) {
      return Indexes.alter(origin, alter.alter_index_statement());
    }
    throw new NotLowered("this ALTER");
  }

  private static Statement script(Origin origin, Script_statementContext statement) {
    return statement.script_transaction() != null
        ? Sessions.transaction(origin, statement.script_transaction())
        : additional(origin, statement.script_additional());
  }

  private static Statement additional(Origin origin, Script_additionalContext statement) {
    if (statement.additional_statement() != null) {
      return maintenance(origin, statement.additional_statement());
    }
    throw new NotLowered(Words.of(statement));
  }

  private static Statement maintenance(Origin origin, Additional_statementContext statement) {
    if (statement.truncate_stmt() != null) {
      return truncate(origin, statement.truncate_stmt());
    }
    if (statement.reindex_stmt() != null) {
      return Indexes.reindex(origin, statement.reindex_stmt());
    }
    if (statement.RESET() != null) {
      return Sessions.reset(origin, statement);
    }
    throw new NotLowered(Words.of(statement));
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
}
