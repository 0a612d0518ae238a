// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.store.codec;

import dev.plancheck.api.store.TaskResult;
import dev.plancheck.checks.rollout.AppliedStatement;
import dev.plancheck.checks.rollout.Backup;
import dev.plancheck.checks.rollout.Backup.BackedUpTable;
import dev.plancheck.checks.rollout.ChangeJournal.Entry;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The column `result` of tasks: what was done, where one transaction did it.
public final class TaskResultCodec {
  private TaskResultCodec() {}

  /// What the column holds.
  public record Done(List<Entry> entries, @Nullable Backup backup) {
    public Done {
      entries = List.copyOf(entries);
    }
  }

  public static String toJson(List<AppliedStatement> statements, @Nullable Backup backup) {
    var result = TaskResult.newBuilder().setBackedUp(backup != null);
    statements.forEach(statement -> result.addStatements(statement(statement)));
    if (backup != null) {
      backup.tables().forEach(table -> result.addBackup(table(table)));
    }
    return StoredJson.print(result.build());
  }

  private static TaskResult.Statement statement(AppliedStatement statement) {
    var stored =
        TaskResult.Statement.newBuilder()
            .setNumber(statement.number())
            .setCommand(StoredText.escape(statement.command()))
            .setTookMs(statement.took().toMillis());
    var rows = statement.rows();
    if (rows != null) {
      stored.setRows(rows);
    }
    return stored.build();
  }

  private static TaskResult.BackedUpTable table(BackedUpTable table) {
    return TaskResult.BackedUpTable.newBuilder()
        .setStatement(table.statement())
        .setTable(StoredText.escape(table.table()))
        .setBackupTable(StoredText.escape(table.backupTable()))
        .setRows(table.rows())
        .setRestoreSql(StoredText.escape(table.restoreSql()))
        .build();
  }

  /// Throws [StoredFormatException] for what this version cannot read.
  public static Done fromJson(String json) {
    var stored = StoredJson.parse(json, TaskResult.newBuilder(), "task result");
    var entries =
        stored.getStatementsList().stream()
            .map(statement -> new Entry(statement.getNumber(), applied(statement)))
            .toList();
    var tables =
        stored.getBackupList().stream()
            .map(table ->
                new BackedUpTable(
                    table.getStatement(),
                    StoredText.unescape(table.getTable()),
                    StoredText.unescape(table.getBackupTable()),
                    table.getRows(),
                    StoredText.unescape(table.getRestoreSql())))
            .toList();
    return new Done(entries, stored.getBackedUp() ? new Backup(tables) : null);
  }

  private static AppliedStatement applied(TaskResult.Statement statement) {
    return new AppliedStatement(
        statement.getNumber(),
        StoredText.unescape(statement.getCommand()),
        statement.hasRows() ? statement.getRows() : null,
        Duration.ofMillis(statement.getTookMs()));
  }
}
