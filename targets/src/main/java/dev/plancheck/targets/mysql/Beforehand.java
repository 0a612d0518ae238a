// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.mysql;

import dev.plancheck.engine.dialect.Script;
import dev.plancheck.engine.dialect.ScriptStatement;
import dev.plancheck.engine.sql.ObjectName;
import dev.plancheck.engine.sql.Statement;
import dev.plancheck.engine.sql.Statement.Persistence;
import dev.plancheck.engine.sql.Statement.SetVariable;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// What earlier statements of a script do to the session, which is not repeated before rows are
/// counted: another database, settings that change what a condition means, temporary tables.
final class Beforehand {
  /// They change nothing that a count depends on.
  private static final Set<String> WITHOUT_EFFECT =
      Set.of(
          "names",
          "character_set_results",
          "foreign_key_checks",
          "unique_checks",
          "autocommit",
          "lock_wait_timeout",
          "innodb_lock_wait_timeout",
          "max_execution_time",
          "max_statement_time",
          "wait_timeout",
          "net_read_timeout",
          "net_write_timeout",
          "sql_log_bin",
          "sql_notes",
          "sql_warnings",
          "sql_safe_updates",
          "binlog_format",
          "alter_algorithm");

  private static final Set<String> IDENTITY = Set.of("SET ROLE", "SET DEFAULT");

  private final Map<Integer, String> obstacles = new HashMap<>();
  private final Set<String> temporary = new HashSet<>();
  private String obstacle = "";

  private Beforehand() {}

  static Beforehand of(Script script) {
    var beforehand = new Beforehand();
    for (var statement : script.statements()) {
      beforehand.look(statement);
      beforehand.follow(statement.statement());
    }
    return beforehand;
  }

  /// Why rows of a statement cannot be counted before the script, as a clause for people.
  Optional<String> obstacle(ScriptStatement statement) {
    return Optional.ofNullable(obstacles.get(statement.index()));
  }

  private void look(ScriptStatement statement) {
    if (!obstacle.isEmpty()) {
      obstacles.put(statement.index(), obstacle);
      return;
    }
    names(statement.statement())
        .filter(name -> temporary.contains(name.name().toLowerCase(Locale.ROOT)))
        .findFirst()
        .ifPresent(name ->
            obstacles.put(
                statement.index(),
                "the script itself makes the temporary table %s".formatted(name)));
  }

  private void follow(Statement statement) {
    switch (statement) {
      case Statement.Use(var database) -> runsAfter("USE " + database);
      case Statement.SetVariable variable -> set(List.of(variable));
      case Statement.SetVariables(var variables) -> set(variables);
      case Statement.Utility utility when IDENTITY.contains(utility.command()) ->
          runsAfter(utility.command());
      case Statement.CreateTable create -> made(create.table(), create.persistence());
      case Statement.CreateTableAs create -> made(create.table(), create.persistence());
      case Statement _ -> {}
    }
  }

  private void set(List<SetVariable> variables) {
    for (var variable : variables) {
      var name = variable.name().toLowerCase(Locale.ROOT);
      if (!name.startsWith("@")
          && !name.startsWith(Statement.GLOBAL)
          && !WITHOUT_EFFECT.contains(name)) {
        runsAfter("SET " + name);
      }
    }
  }

  private void runsAfter(String what) {
    if (obstacle.isEmpty()) {
      obstacle = "it runs after %s, which is not repeated here".formatted(what);
    }
  }

  private void made(ObjectName table, Persistence persistence) {
    if (persistence == Persistence.TEMPORARY) {
      temporary.add(table.name().toLowerCase(Locale.ROOT));
    }
  }

  private static Stream<ObjectName> names(Statement statement) {
    return switch (statement) {
      case Statement.Insert insert -> names(insert.table(), insert.query());
      case Statement.Update update -> names(update.table(), update.query());
      case Statement.Delete delete -> names(delete.table(), delete.query());
      case Statement _ -> Stream.of();
    };
  }

  private static Stream<ObjectName> names(ObjectName table, dev.plancheck.engine.sql.Query query) {
    return Stream.concat(
        Stream.concat(Stream.of(table), query.tables().stream()),
        query.writes().stream().flatMap(Beforehand::names));
  }
}
