// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.ghost;

import dev.plancheck.checks.ghost.GhostFacts.Column;
import dev.plancheck.checks.ghost.GhostFacts.Relation.Base;
import dev.plancheck.engine.Engine;
import dev.plancheck.engine.dialect.mysql.AlterBody;
import dev.plancheck.engine.sql.TableAction;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Whether an ALTER is harmless to try on an empty copy: it must be of kinds that reach nothing but
/// the copy, and the server must be one that may be written to.
final class TrialSheet {
  /// Enough to meet what is common, little enough for a second of work on any server. What is rarer
  /// than one row in ten thousand is not found by a part of a table, however large.
  static final long MOST_ROWS = 10_000;

  /// What the copied rows may take, by the server's estimate of a row.
  private static final long MOST_BYTES = 64L * 1024 * 1024;

  /// Of a table of which the server estimates nothing.
  private static final long ROWS_OF_UNKNOWN = 1_000;

  private static final Set<String> OPTIONS =
      Set.of(
          "auto_increment",
          "avg_row_length",
          "character set",
          "checksum",
          "collate",
          "comment",
          "convert to character set",
          "convert to collate",
          "engine",
          "key_block_size",
          "max_rows",
          "min_rows",
          "pack_keys",
          "row_format",
          "stats_auto_recalc",
          "stats_persistent",
          "stats_sample_pages");

  /// The first words of what [TableAction.Other] stands for.
  private static final Set<String> OTHERS =
      Set.of("FORCE", "ENABLE", "DISABLE", "ORDER", "ALTER INDEX", "ALTER COLUMN");

  private final GhostAlter alter;
  private final GhostFacts.Server server;
  private final Base table;

  private TrialSheet(GhostAlter alter, GhostFacts.Server server, Base table) {
    this.alter = alter;
    this.server = server;
    this.table = table;
  }

  /// What is to be tried, or why nothing is.
  sealed interface Choice {
    record Try(TrialOrder order) implements Choice {}

    /// `why` is a clause.
    record Leave(String why) implements Choice {}
  }

  static Choice of(GhostAlter alter, GhostFacts.Server server, Base table) {
    return new TrialSheet(alter, server, table).choice();
  }

  private Choice choice() {
    var unsafe = unsafe();
    if (unsafe != null) {
      return new Choice.Leave(unsafe);
    }
    var statement = alter.script().source().slice(alter.span());
    return switch (AlterBody.of(statement, alter.script().version())) {
      case AlterBody.Refused(var reason) ->
          new Choice.Leave("the sheet is not harmless to try: " + reason);
      case AlterBody.Cut(var body, var takesClauses) ->
          isReadOtherwise(body)
              ? new Choice.Leave(
                  "the server's sql_mode reads the quotes or backslashes of the sheet otherwise")
              : new Choice.Try(order(body, takesClauses));
    };
  }

  private @Nullable String unsafe() {
    if (!table.engine().equalsIgnoreCase("innodb") || table.systemVersioned()) {
      return "the table is not a plain one of InnoDB";
    }
    if (!table.foreignKeys().isEmpty() || !table.triggers().isEmpty()) {
      return "the table has foreign keys or triggers, which a copy of it would not have";
    }
    if (server.isOn("read_only") || server.isOn("super_read_only")) {
      return "the server is read-only";
    }
    return switch (server.sources()) {
      case Answer.Told(var sources) when sources.isEmpty() -> unsafeAction();
      case Answer.Told(_) ->
          "the server is a replica, which nobody else than its source may change";
      case Answer.Untold(_) -> "it is not known whether the server is a replica";
    };
  }

  private @Nullable String unsafeAction() {
    for (var action : alter.statement().actions()) {
      if (!isHarmless(action)) {
        var text = Words.bare(alter.script().source().slice(action.span())).strip();
        var shown = text.length() <= 40 ? text : text.substring(0, 40) + "...";
        return "the sheet is not harmless to try: " + shown;
      }
    }
    return null;
  }

  /// A list of what is let through: whatever is new is not.
  private boolean isHarmless(TableAction action) {
    return switch (action) {
      case TableAction.AddColumn _,
          TableAction.DropColumn _,
          TableAction.RedefineColumn _,
          TableAction.RenameColumn _,
          TableAction.SetDefault _,
          TableAction.DropDefault _,
          TableAction.DropIndex _,
          TableAction.RenameIndex _,
          TableAction.Execution _ ->
          true;
      case TableAction.AddConstraint(var constraint, _) ->
          !(constraint instanceof dev.plancheck.engine.sql.TableConstraint.ForeignKey);
      // A copy in MySQL has other names for the CHECKs of its original.
      case TableAction.DropConstraint _ -> server.engine() == Engine.MARIADB;
      // DEFAULT would be that of the scratch database.
      case TableAction.SetTableOption(var option, var value, _) ->
          OPTIONS.contains(option) && !value.equalsIgnoreCase("default");
      case TableAction.AlterPartition(var name, _, _, _) ->
          name.equals("PARTITION BY") || name.equals("REMOVE PARTITIONING");
      case TableAction.Other(var name, _) -> OTHERS.stream().anyMatch(name::startsWith);
      case TableAction _ -> false;
    };
  }

  /// The sheet was read as with the usual settings.
  private boolean isReadOtherwise(String body) {
    var modes = server.variable("sql_mode").toUpperCase(Locale.ROOT);
    return (modes.contains("ANSI_QUOTES") && body.indexOf('"') >= 0)
        || (modes.contains("NO_BACKSLASH_ESCAPES") && body.indexOf('\\') >= 0);
  }

  private TrialOrder order(String body, boolean takesClauses) {
    var written = alter.table().schema();
    return new TrialOrder(
        written == null || written.isEmpty() ? server.database() : written,
        table.name(),
        body,
        takesClauses && alter.statement().actions().stream().allMatch(this::tellsItsAlgorithm),
        copied(),
        rows());
  }

  /// Not where the sheet chooses one, nor where MariaDB agrees to INSTANT and makes a copy all the
  /// same.
  private boolean tellsItsAlgorithm(TableAction action) {
    return switch (action) {
      case TableAction.Execution _ -> false;
      case TableAction.AlterPartition _ -> false;
      case TableAction.Other(var name, _) -> !name.startsWith("ORDER");
      case TableAction.SetTableOption(var option, _, _) ->
          !option.equals("engine") || server.engine() == Engine.MYSQL;
      case TableAction _ -> true;
    };
  }

  /// gh-ost leaves out what is generated, and what the sheet drops, even if it adds it anew.
  private List<String> copied() {
    var shape = Shape.of(table, alter.statement().actions(), alter);
    return table.columns().stream()
        .filter(column -> !column.generated() && !shape.drops(column.name()))
        .map(Column::name)
        .toList();
  }

  private long rows() {
    var bytes = table.dataBytes();
    var known = table.rows();
    if (bytes == null || known == null) {
      return ROWS_OF_UNKNOWN;
    }
    var ofRow = Math.max(1, bytes / Math.max(1, known));
    return Math.clamp(MOST_BYTES / ofRow, 1, MOST_ROWS);
  }
}
