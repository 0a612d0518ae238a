// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.sql;

import dev.plancheck.engine.EngineVersion;
import java.util.Optional;
import java.util.Set;

/// Which statements PostgreSQL refuses inside a transaction block (the callers of
/// `PreventInTransactionBlock` in its source).
///
/// What depends on the target's state is left out: REINDEX and CLUSTER of a partitioned table, a
/// procedure that commits.
public final class OutsideTransaction {
  private static final Set<String> COMMANDS =
      Set.of(
          "ALTER DATABASE SET TABLESPACE",
          "ALTER SYSTEM",
          "CREATE DATABASE",
          "CREATE TABLESPACE",
          "CREATE SUBSCRIPTION",
          "DISCARD ALL");

  private static final Set<ObjectKind> DROPS =
      Set.of(ObjectKind.DATABASE, ObjectKind.TABLESPACE, ObjectKind.SUBSCRIPTION);
  private static final Set<ObjectKind> REINDEXES =
      Set.of(ObjectKind.SCHEMA, ObjectKind.DATABASE, ObjectKind.SYSTEM);

  private OutsideTransaction() {}

  /// The words of the command that is refused; empty if the statement may run in a transaction.
  public static Optional<String> command(Statement statement, EngineVersion version) {
    return switch (statement) {
      case Statement.CreateIndex create when create.concurrently() ->
          Optional.of("CREATE INDEX CONCURRENTLY");
      case Statement.Drop drop -> drop(drop);
      case Statement.Reindex(var kind, _, var concurrently) -> reindex(kind, concurrently);
      case Statement.Vacuum _ -> Optional.of("VACUUM");
      case Statement.Cluster(var table) when table == null -> Optional.of("CLUSTER");
      case Statement.AddEnumValue _ when !version.isAtLeast(12) ->
          Optional.of("ALTER TYPE ... ADD VALUE");
      case Statement.AlterTable alter ->
          alter.actions().stream()
              .filter(OutsideTransaction::detachesConcurrently)
              .findFirst()
              .map(_ -> "ALTER TABLE ... DETACH PARTITION CONCURRENTLY");
      case Statement.Utility utility when COMMANDS.contains(utility.command()) ->
          Optional.of(utility.command());
      case Statement.Explain(var analyze, var explained) when analyze ->
          command(explained, version);
      case Statement.CreateTable _,
          Statement.CreateTableAs _,
          Statement.CreateIndex _,
          Statement.Rename _,
          Statement.RenameTables _,
          Statement.Truncate _,
          Statement.CreateView _,
          Statement.RefreshMaterializedView _,
          Statement.CreateDomain _,
          Statement.AlterDomain _,
          Statement.CreateType _,
          Statement.AddEnumValue _,
          Statement.CreateSchema _,
          Statement.CreateSequence _,
          Statement.CreateTrigger _,
          Statement.Cluster _,
          Statement.LockTable _,
          Statement.Insert _,
          Statement.Update _,
          Statement.Delete _,
          Statement.Merge _,
          Statement.Select _,
          Statement.Copy _,
          Statement.Transaction _,
          Statement.SetVariable _,
          Statement.SetVariables _,
          Statement.Use _,
          Statement.SetRole _,
          Statement.Explain _,
          Statement.Utility _,
          Statement.NotAnalysed _,
          Statement.Rejected _,
          Statement.Invalid _ ->
          Optional.empty();
    };
  }

  private static boolean detachesConcurrently(TableAction action) {
    return action instanceof TableAction.DetachPartition(_, var concurrently, _) && concurrently;
  }

  private static Optional<String> drop(Statement.Drop drop) {
    if (DROPS.contains(drop.kind())) {
      return Optional.of("DROP " + drop.kind().sql());
    }
    return drop.concurrently() ? Optional.of("DROP INDEX CONCURRENTLY") : Optional.empty();
  }

  private static Optional<String> reindex(ObjectKind kind, boolean concurrently) {
    if (REINDEXES.contains(kind)) {
      return Optional.of("REINDEX " + kind.sql());
    }
    return concurrently ? Optional.of("REINDEX CONCURRENTLY") : Optional.empty();
  }
}
