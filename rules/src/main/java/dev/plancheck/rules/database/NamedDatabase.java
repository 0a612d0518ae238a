// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.rules.database;

import dev.plancheck.engine.dialect.ScriptStatement;
import dev.plancheck.engine.review.Context;
import dev.plancheck.engine.review.RuleInfo;
import dev.plancheck.engine.review.StatementRule;
import dev.plancheck.engine.review.Status;
import dev.plancheck.engine.sql.ObjectName;
import dev.plancheck.engine.sql.Statement;
import java.util.List;
import java.util.stream.Stream;

/// Spec, tests and user documentation: `NamedDatabase.md`, beside this file.
public record NamedDatabase() implements StatementRule {
  private static final RuleInfo INFO =
      new RuleInfo(
          "database.named-database",
          "Script that names the database it changes",
          Status.ERROR,
          RuleInfo.MYSQL_FAMILY,
          "0.1");

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public void check(ScriptStatement statement, Context context) {
    for (var name : changed(statement.statement())) {
      if (name.schema() != null) {
        context.report(
            statement.span(),
            "%s is changed in the database %s, whichever database the script is run on: with many targets it changes that one each time, and the others never. Leave the name of the database out, and let the plan name the databases."
                .formatted(name, name.schema()));
      }
    }
  }

  /// What is read may well be another database's.
  private static List<ObjectName> changed(Statement statement) {
    return switch (statement) {
      case Statement.CreateTable create -> List.of(create.table());
      case Statement.CreateTableAs create -> List.of(create.table());
      case Statement.CreateIndex create -> List.of(create.table());
      case Statement.CreateView create -> List.of(create.view());
      case Statement.CreateTrigger(_, var table) -> List.of(table);
      case Statement.CreateSequence create -> List.of(create.sequence());
      case Statement.AlterTable alter -> List.of(alter.table());
      case Statement.Drop drop -> drop.names();
      case Statement.RenameTables(var tables) ->
          tables.stream().flatMap(table -> Stream.of(table.from(), table.to())).toList();
      case Statement.Truncate truncate -> truncate.tables();
      case Statement.Insert insert -> List.of(insert.table());
      case Statement.Update update -> List.of(update.table());
      case Statement.Delete delete -> List.of(delete.table());
      case Statement.Copy(var table, var from, _) when table != null && from -> List.of(table);
      case Statement.Utility(var command, _, var object)
          when object != null && !command.equals("CALL") ->
          List.of(object);
      case Statement _ -> List.of();
    };
  }
}
