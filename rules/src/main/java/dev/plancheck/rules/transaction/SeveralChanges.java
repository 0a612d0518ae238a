// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.rules.transaction;

import dev.plancheck.engine.dialect.Script;
import dev.plancheck.engine.review.Level;
import dev.plancheck.engine.review.RuleInfo;
import dev.plancheck.engine.review.ScriptContext;
import dev.plancheck.engine.review.ScriptRule;
import dev.plancheck.engine.review.Status;
import dev.plancheck.engine.sql.ImplicitCommit;
import dev.plancheck.engine.sql.Statement;

/// Spec, tests and user documentation: `SeveralChanges.md`, beside this file.
public record SeveralChanges() implements ScriptRule {
  private static final RuleInfo INFO =
      new RuleInfo(
          "transaction.several-changes",
          "Several changes that cannot be taken back together",
          Status.WARNING,
          RuleInfo.MYSQL_FAMILY,
          "0.1",
          Level.OFF);

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public void check(Script script, ScriptContext context) {
    var first = true;
    for (var statement : script.statements()) {
      var commits =
          ImplicitCommit.command(statement.statement()).filter(command -> !command.equals("BEGIN"));
      if (commits.isPresent() && !first) {
        context.report(
            statement.span(),
            "If this %s fails, what stands before it in the script is done and cannot be rolled back: some databases are then halfway between two versions. Put each change into a script of its own, which is done or not."
                .formatted(commits.get()));
      }
      first &= commits.isEmpty() && !changesRows(statement.statement());
    }
  }

  private static boolean changesRows(Statement statement) {
    return statement instanceof Statement.Insert
        || statement instanceof Statement.Update
        || statement instanceof Statement.Delete
        || (statement instanceof Statement.Copy copy && copy.from());
  }
}
