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
import java.util.Set;
import java.util.regex.Pattern;

/// Spec, tests and user documentation: `WrittenPassword.md`, beside this file.
public record WrittenPassword() implements ScriptRule {
  private static final RuleInfo INFO =
      new RuleInfo(
          "privilege.written-password",
          "Password in a script",
          Status.ERROR,
          RuleInfo.ALL_ENGINES,
          "0.1");

  private static final Set<String> COMMANDS =
      Set.of(
          "GRANT",
          "SET PASSWORD",
          "CREATE USER",
          "ALTER USER",
          "CREATE ROLE",
          "ALTER ROLE",
          "CREATE USER MAPPING",
          "ALTER USER MAPPING");

  private static final Pattern PASSWORD =
      Pattern.compile(
          "\\bIDENTIFIED\\s+(?:WITH\\s+\\S+\\s+)?BY\\s+'|\\bPASSWORD\\s*(?:=\\s*)?(?:FOR\\s+\\S+\\s*=\\s*)?(?:\\(\\s*)?'");

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public void check(Script script, ScriptContext context) {
    for (var statement : script.statements()) {
      if (statement.statement() instanceof Statement.Utility(var command, _, _)
          && COMMANDS.contains(command)
          && PASSWORD.matcher(Outline.of(script, statement.span())).find()) {
        context.report(
            statement.span(),
            "The password stands in the script, and from now on in its history, in reviews, in logs"
                + " and on every database it is run on. Change it, and let accounts be made where"
                + " secrets are kept.");
      }
    }
  }
}
