// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.summary;

import dev.plancheck.engine.Engine;
import dev.plancheck.engine.sql.ObjectKind;
import dev.plancheck.engine.sql.Statement;
import dev.plancheck.engine.sql.TableAction;

/// The command of a statement, as SQL writes it.
final class StatementTypes {
  private StatementTypes() {}

  static String of(Statement statement, Engine engine) {
    return switch (statement) {
      case Statement.CreateTable _ -> "CREATE TABLE";
      case Statement.CreateTableAs _ -> "CREATE TABLE AS";
      case Statement.AlterTable alter ->
          on("ALTER", alter.kind()) + (dropsColumn(alter) ? " DROP COLUMN" : "");
      case Statement.CreateIndex _ -> "CREATE INDEX";
      case Statement.Drop drop -> on("DROP", drop.kind());
      case Statement.Rename rename -> on("ALTER", rename.kind());
      case Statement.RenameTables _ -> "RENAME TABLE";
      case Statement.Reindex _ -> "REINDEX";
      case Statement.Truncate _ -> "TRUNCATE";
      case Statement.CreateView view ->
          view.materialized() ? "CREATE MATERIALIZED VIEW" : "CREATE VIEW";
      case Statement.RefreshMaterializedView _ -> "REFRESH MATERIALIZED VIEW";
      case Statement.CreateDomain _ -> "CREATE DOMAIN";
      case Statement.AlterDomain _ -> "ALTER DOMAIN";
      case Statement.CreateType _ -> "CREATE TYPE";
      case Statement.AddEnumValue _ -> "ALTER TYPE";
      case Statement.CreateSchema _ -> "CREATE SCHEMA";
      case Statement.CreateSequence _ -> "CREATE SEQUENCE";
      case Statement.CreateTrigger _ -> "CREATE TRIGGER";
      case Statement.Cluster _ -> "CLUSTER";
      case Statement.Vacuum _ -> "VACUUM";
      case Statement.LockTable _ -> "LOCK";
      case Statement.Insert _ -> "INSERT";
      case Statement.Update _ -> "UPDATE";
      case Statement.Delete _ -> "DELETE";
      case Statement.Merge _ -> "MERGE";
      case Statement.Select _ -> "SELECT";
      case Statement.Copy _ -> engine == Engine.POSTGRESQL ? "COPY" : "LOAD DATA";
      case Statement.Transaction transaction -> transaction(transaction.kind());
      case Statement.SetVariable _, Statement.SetVariables _ -> "SET";
      case Statement.Use _ -> "USE";
      case Statement.SetRole _ -> "SET ROLE";
      case Statement.Explain _ -> "EXPLAIN";
      case Statement.Utility utility -> utility.command();
      case Statement.NotAnalysed _ -> "NOT ANALYSED";
      case Statement.Rejected _ -> "NOT PARSED";
      case Statement.Invalid _ -> "SYNTAX ERROR";
    };
  }

  /// What loses data is told apart.
  private static boolean dropsColumn(Statement.AlterTable alter) {
    return alter.actions().stream().anyMatch(TableAction.DropColumn.class::isInstance);
  }

  private static String on(String verb, ObjectKind kind) {
    return verb + " " + kind.sql();
  }

  private static String transaction(Statement.Transaction.Kind kind) {
    return switch (kind) {
      case BEGIN -> "BEGIN";
      case COMMIT -> "COMMIT";
      case ROLLBACK -> "ROLLBACK";
      case SAVEPOINT -> "SAVEPOINT";
      case RELEASE -> "RELEASE SAVEPOINT";
      case ROLLBACK_TO -> "ROLLBACK TO SAVEPOINT";
      case TWO_PHASE -> "PREPARE TRANSACTION";
      case SET -> "SET TRANSACTION";
    };
  }
}
