// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.rules.server;

import dev.plancheck.engine.dialect.ScriptStatement;
import dev.plancheck.engine.review.Context;
import dev.plancheck.engine.review.RuleInfo;
import dev.plancheck.engine.review.StatementRule;
import dev.plancheck.engine.review.Status;
import dev.plancheck.engine.sql.Statement;
import java.util.Set;

/// Spec, tests and user documentation: `Administration.md`, beside this file.
public record Administration() implements StatementRule {
  private static final RuleInfo INFO =
      new RuleInfo(
          "server.administration",
          "Server administered by a script",
          Status.ERROR,
          RuleInfo.MYSQL_FAMILY,
          "0.1");

  private static final Set<String> COMMANDS =
      Set.of(
          "SHUTDOWN",
          "RESTART",
          "KILL",
          "RESET",
          "PURGE",
          "STOP",
          "CHANGE",
          "INSTALL",
          "UNINSTALL",
          "CLONE",
          "BINLOG");

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public void check(ScriptStatement statement, Context context) {
    if (statement.statement() instanceof Statement.Utility(var command, _, _)) {
      var first = command.replaceFirst(" .*", "");
      if (COMMANDS.contains(first)) {
        context.report(
            statement.span(),
            "%s is about the server, its sessions or its replication, not about the database that the script is run on: it is done once for each target, also on the same server. Do it by hand or with the tool that runs the servers."
                .formatted(command));
      }
    }
  }
}
