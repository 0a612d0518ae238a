// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.rules.session;

import dev.plancheck.engine.dialect.ScriptStatement;
import dev.plancheck.engine.review.Context;
import dev.plancheck.engine.review.RuleInfo;
import dev.plancheck.engine.review.StatementRule;
import dev.plancheck.engine.review.Status;
import dev.plancheck.engine.sql.Statement;
import dev.plancheck.engine.text.Span;
import java.util.Locale;
import java.util.Set;

/// Spec, tests and user documentation: `BinaryLogOff.md`, beside this file.
public record BinaryLogOff() implements StatementRule {
  private static final RuleInfo INFO =
      new RuleInfo(
          "session.binary-log-off",
          "Changes hidden from replicas",
          Status.ERROR,
          RuleInfo.MYSQL_FAMILY,
          "0.1");

  private static final Set<String> OFF = Set.of("0", "off", "false");

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public void check(ScriptStatement statement, Context context) {
    switch (statement.statement()) {
      case Statement.SetVariable set -> check(set, statement.span(), context);
      case Statement.SetVariables(var variables) ->
          variables.forEach(set -> check(set, statement.span(), context));
      case Statement _ -> {}
    }
  }

  private static void check(Statement.SetVariable set, Span at, Context context) {
    if (set.name().equals("sql_log_bin")
        && set.values().size() == 1
        && OFF.contains(set.values().getFirst().toLowerCase(Locale.ROOT))) {
      context.report(
          at,
          "From here on nothing is written to the binary log: replicas, and whoever restores a"
              + " backup to a point in time, never get these changes, and replication stops at the"
              + " first row that is not there. Leave it on, and let replicas follow.");
    }
  }
}
