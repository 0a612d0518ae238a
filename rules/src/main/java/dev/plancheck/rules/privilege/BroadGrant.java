// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.rules.privilege;

import dev.plancheck.engine.dialect.Script;
import dev.plancheck.engine.review.RuleInfo;
import dev.plancheck.engine.review.ScriptContext;
import dev.plancheck.engine.review.ScriptRule;
import dev.plancheck.engine.review.Status;
import dev.plancheck.engine.sql.Statement;
import dev.plancheck.rules.Outline;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Spec, tests and user documentation: `BroadGrant.md`, beside this file.
public record BroadGrant() implements ScriptRule {
  private static final RuleInfo INFO =
      new RuleInfo(
          "privilege.broad-grant",
          "More rights granted than a program needs",
          Status.WARNING,
          RuleInfo.MYSQL_FAMILY,
          "0.1");

  private static final Pattern ALL = Pattern.compile("^\\s*GRANT\\s+ALL\\b");
  private static final Pattern EVERYWHERE = Pattern.compile("\\bON\\s+\\*\\s*\\.\\s*\\*");
  private static final Pattern HANDS_ON = Pattern.compile("\\bWITH\\s+(GRANT|ADMIN)\\s+OPTION\\b");
  private static final Pattern SERVER =
      Pattern.compile(
          "^\\s*GRANT\\b[^;]*?\\b(SUPER|FILE|SHUTDOWN|CREATE\\s+USER|SYSTEM_VARIABLES_ADMIN)\\b[^;]*?\\bON\\b");

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public void check(Script script, ScriptContext context) {
    for (var statement : script.statements()) {
      if (statement.statement() instanceof Statement.Utility(var command, _, _)
          && command.equals("GRANT")) {
        var why = why(Outline.of(script, statement.span()));
        if (!why.isEmpty()) {
          context.report(
              statement.span(),
              "%s. Grant what the program does, on the database that it does it in, to a role that somebody looks after."
                  .formatted(String.join(". ", why)));
        }
      }
    }
  }

  private static List<String> why(String grant) {
    var why = new ArrayList<String>();
    if (ALL.matcher(grant).find()) {
      why.add("ALL lets the account drop and alter what it was only to read or write");
    }
    if (EVERYWHERE.matcher(grant).find()) {
      why.add("*.* is every database of the server, also those of others and those to come");
    }
    if (SERVER.matcher(grant).find()) {
      why.add("SUPER, FILE and their like reach beyond databases: settings, files, replication");
    }
    if (HANDS_ON.matcher(grant).find()) {
      why.add("Who has it may hand it on, and nobody sees to whom");
    }
    return why;
  }
}
