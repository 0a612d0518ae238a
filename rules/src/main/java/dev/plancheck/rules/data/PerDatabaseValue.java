// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.rules.data;

import dev.plancheck.engine.dialect.ScriptStatement;
import dev.plancheck.engine.review.Context;
import dev.plancheck.engine.review.Level;
import dev.plancheck.engine.review.RuleInfo;
import dev.plancheck.engine.review.StatementRule;
import dev.plancheck.engine.review.Status;
import dev.plancheck.engine.sql.ObjectName;
import dev.plancheck.engine.sql.Statement;
import java.util.List;
import java.util.Set;

/// Spec, tests and user documentation: `PerDatabaseValue.md`, beside this file.
public record PerDatabaseValue() implements StatementRule {
  private static final RuleInfo INFO =
      new RuleInfo(
          "data.per-database-value",
          "Values that differ on each database",
          Status.WARNING,
          RuleInfo.ALL_ENGINES,
          "0.1",
          Level.OFF);

  private static final Set<String> DIFFERING =
      Set.of(
          "now",
          "current_timestamp",
          "localtime",
          "localtimestamp",
          "sysdate",
          "curdate",
          "current_date",
          "curtime",
          "current_time",
          "clock_timestamp",
          "statement_timestamp",
          "transaction_timestamp",
          "utc_timestamp",
          "unix_timestamp",
          "rand",
          "random",
          "uuid",
          "uuid_short",
          "gen_random_uuid",
          "uuidv4",
          "uuidv7",
          "connection_id",
          "user",
          "current_user",
          "session_user",
          "database",
          "current_database",
          "last_insert_id",
          "lastval");

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public void check(ScriptStatement statement, Context context) {
    var functions =
        switch (statement.statement()) {
          case Statement.Insert insert -> insert.query().functions();
          case Statement.Update update -> update.query().functions();
          case Statement.Merge merge -> merge.query().functions();
          case Statement _ -> List.<ObjectName>of();
        };
    var differing = functions.stream().map(ObjectName::name).filter(DIFFERING::contains).toList();
    if (!differing.isEmpty()) {
      context.report(
          statement.span(),
          "%s gives another value on each database and on each run: rows that are meant to be the same everywhere differ, and cannot be compared or merged any more. Write the value itself."
              .formatted(String.join(", ", differing)));
    }
  }
}
