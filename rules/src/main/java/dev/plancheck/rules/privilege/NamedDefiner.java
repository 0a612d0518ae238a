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
import java.util.regex.Pattern;

/// Spec, tests and user documentation: `NamedDefiner.md`, beside this file.
public record NamedDefiner() implements ScriptRule {
  private static final RuleInfo INFO =
      new RuleInfo(
          "privilege.named-definer",
          "Code that runs as a named account",
          Status.WARNING,
          RuleInfo.MYSQL_FAMILY,
          "0.1");

  private static final Pattern DEFINER =
      Pattern.compile(
          "^\\s*(?:CREATE|ALTER)\\b.*?\\bDEFINER\\s*=\\s*(?!\\s*CURRENT_(?:USER|ROLE)\\b)",
          Pattern.DOTALL);

  private static final Pattern BODY =
      Pattern.compile("\\b(?:VIEW|TRIGGER|FUNCTION|PROCEDURE|EVENT)\\b.*", Pattern.DOTALL);

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public void check(Script script, ScriptContext context) {
    for (var statement : script.statements()) {
      if (makesCode(statement.statement())) {
        var head = BODY.matcher(Outline.of(script, statement.span())).replaceFirst("");
        if (DEFINER.matcher(head).find()) {
          context.report(
              statement.span(),
              "DEFINER names an account: where it does not exist, now or when it is dropped, every"
                  + " use of this fails (error 1449), and where it does, all who may use this act"
                  + " with its rights. Leave DEFINER out, and let one account make such code"
                  + " everywhere.");
        }
      }
    }
  }

  private static boolean makesCode(Statement statement) {
    return statement instanceof Statement.CreateView
        || statement instanceof Statement.CreateTrigger
        || (statement instanceof Statement.Utility(var command, var kind, _)
            && kind != null
            && (command.startsWith("CREATE ") || command.startsWith("ALTER ")));
  }
}
