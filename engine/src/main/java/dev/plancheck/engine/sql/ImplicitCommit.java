// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.sql;

import java.util.List;
import java.util.Optional;

/// Which statements of MySQL and MariaDB commit the open transaction before they run ("Statements
/// That Cause an Implicit Commit" in their manuals).
public final class ImplicitCommit {
  /// What other commands begin with; those of accounts, and of the server's own housekeeping.
  private static final List<String> COMMANDS =
      List.of(
          "CREATE ",
          "ALTER ",
          "DROP ",
          "RENAME ",
          "GRANT",
          "REVOKE",
          "SET PASSWORD",
          "ANALYZE TABLE",
          "CHECK TABLE",
          "OPTIMIZE TABLE",
          "REPAIR TABLE",
          "CACHE INDEX",
          "FLUSH ",
          "LOAD INDEX",
          "RESET ",
          "INSTALL ",
          "UNINSTALL ",
          "UNLOCK TABLES");

  /// Temporary tables come and go without a commit.
  private static final String TEMPORARY = "DROP TEMPORARY TABLE";

  private ImplicitCommit() {}

  /// The words of the command that commits; empty if the statement leaves the transaction open.
  public static Optional<String> command(Statement statement) {
    return switch (statement) {
      case Statement.CreateTable create -> table("CREATE TABLE", create.persistence());
      case Statement.CreateTableAs create -> table("CREATE TABLE", create.persistence());
      case Statement.CreateIndex _ -> Optional.of("CREATE INDEX");
      case Statement.CreateView _ -> Optional.of("CREATE VIEW");
      case Statement.CreateSchema _ -> Optional.of("CREATE DATABASE");
      case Statement.CreateTrigger _ -> Optional.of("CREATE TRIGGER");
      case Statement.CreateSequence _ -> Optional.of("CREATE SEQUENCE");
      case Statement.AlterTable _ -> Optional.of("ALTER TABLE");
      case Statement.Drop drop -> Optional.of("DROP " + drop.kind().sql());
      case Statement.RenameTables _ -> Optional.of("RENAME TABLE");
      case Statement.Truncate _ -> Optional.of("TRUNCATE");
      case Statement.LockTable _ -> Optional.of("LOCK TABLES");
      case Statement.Transaction(var kind, _, _) when kind == Statement.Transaction.Kind.BEGIN ->
          Optional.of("BEGIN");
      case Statement.Utility(var command, _, _)
          when !command.equals(TEMPORARY) && COMMANDS.stream().anyMatch(command::startsWith) ->
          Optional.of(command);
      case Statement _ -> Optional.empty();
    };
  }

  private static Optional<String> table(String command, Statement.Persistence persistence) {
    return persistence == Statement.Persistence.TEMPORARY ? Optional.empty() : Optional.of(command);
  }
}
