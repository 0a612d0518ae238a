// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.rules.lock;

import dev.plancheck.engine.Engine;
import dev.plancheck.engine.EngineVersion;
import dev.plancheck.engine.review.Context;
import dev.plancheck.engine.sql.ColumnConstraint;
import dev.plancheck.engine.sql.ColumnDefinition;
import dev.plancheck.engine.sql.Statement;
import dev.plancheck.engine.sql.TableAction;
import dev.plancheck.engine.sql.TableConstraint;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Which actions of an ALTER TABLE keep writes out while they work, as measured on MySQL 5.7, 8.0
/// and 9.7 and on MariaDB 10.11 and 11.8; what depends on the old definition of a column is left to
/// a target.
final class AlterCost {
  private static final Set<String> BLOCKING_INDEXES = Set.of("fulltext", "spatial");
  private static final Set<String> COPYING_PARTITIONS =
      Set.of("PARTITION BY", "REMOVE PARTITIONING");
  private static final Set<String> OFF = Set.of("0", "off", "false");

  private final Statement.AlterTable alter;
  private final Context context;
  private final EngineVersion version;

  AlterCost(Statement.AlterTable alter, Context context) {
    this.alter = alter;
    this.context = context;
    this.version = context.schema().version();
  }

  /// Why the action blocks writes, as the beginning of a sentence; empty if it does not, or nobody
  /// can tell without a target.
  Optional<String> of(TableAction action) {
    return switch (action) {
      case TableAction.AddColumn(var column, _, _) -> added(column);
      case TableAction.AddConstraint(var constraint, _) -> added(constraint);
      case TableAction.DropIndex(var index, _, _) when index.equals("primary") && !addsKey() ->
          copy("A primary key that is dropped without a new one copies the table");
      case TableAction.SetTableOption(var option, var value, _) -> option(option, value);
      case TableAction.AlterPartition(var what, _, _, _) when COPYING_PARTITIONS.contains(what) ->
          copy(what + " copies the table");
      case TableAction.Execution(var clause, var value, _) -> asked(clause, value);
      case TableAction.Other(var name, _) when name.equals("ORDER BY") ->
          copy("ORDER BY copies the table");
      case TableAction.RedefineColumn(_, _, var at) -> {
        context.undecided(at);
        yield Optional.empty();
      }
      case TableAction _ -> Optional.empty();
    };
  }

  private Optional<String> added(ColumnDefinition column) {
    for (var constraint : column.constraints()) {
      if (constraint instanceof ColumnConstraint.Identity) {
        return Optional.of("A new AUTO_INCREMENT column numbers every row");
      }
      if (constraint instanceof ColumnConstraint.Generated(_, _, var stored, _) && stored) {
        return copy("A stored generated column is computed for every row, which copies the table");
      }
    }
    return Optional.empty();
  }

  private Optional<String> added(TableConstraint constraint) {
    return switch (constraint) {
      case TableConstraint.Index(_, var method, _, _) when BLOCKING_INDEXES.contains(method) ->
          Optional.of(
              "A %s index is built under a lock".formatted(method.toUpperCase(Locale.ROOT)));
      case TableConstraint.ForeignKey _ when checksForeignKeys() ->
          copy("A foreign key that is checked copies the table");
      case TableConstraint.Check _ when enforcesChecks() ->
          copy("A CHECK that is tried on every row copies the table");
      case TableConstraint _ -> Optional.empty();
    };
  }

  private boolean checksForeignKeys() {
    var setting = context.session().setting("foreign_key_checks").orElse("1");
    return !OFF.contains(setting.toLowerCase(Locale.ROOT));
  }

  /// MySQL before 8.0.16 reads CHECK and forgets it.
  private boolean enforcesChecks() {
    return version.engine() == Engine.MARIADB || version.isAtLeast(8);
  }

  private boolean addsKey() {
    return alter.actions().stream()
        .anyMatch(
            action -> action instanceof TableAction.AddConstraint(TableConstraint.PrimaryKey _, _));
  }

  private Optional<String> option(String option, String value) {
    return switch (option) {
      case "convert to character set" -> copy("CONVERT TO CHARACTER SET copies the table");
      case "engine" ->
          value.equalsIgnoreCase("innodb")
              ? Optional.empty()
              : copy("Another storage engine copies the table");
      default -> Optional.empty();
    };
  }

  private Optional<String> asked(String clause, String value) {
    if (clause.equals("LOCK")) {
      return value.equals("SHARED") || value.equals("EXCLUSIVE")
          ? Optional.of("LOCK=%s asks for it".formatted(value))
          : Optional.empty();
    }
    return value.equals("COPY") ? copy("ALGORITHM=COPY copies the table") : Optional.empty();
  }

  /// From 11.2 on MariaDB lets writes go on while it copies.
  private Optional<String> copy(String why) {
    return version.engine() == Engine.MARIADB && version.isAtLeast(11, 2)
        ? Optional.empty()
        : Optional.of(why);
  }
}
