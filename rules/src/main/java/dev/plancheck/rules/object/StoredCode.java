// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.rules.object;

import dev.plancheck.engine.dialect.ScriptStatement;
import dev.plancheck.engine.review.Context;
import dev.plancheck.engine.review.Level;
import dev.plancheck.engine.review.RuleInfo;
import dev.plancheck.engine.review.StatementRule;
import dev.plancheck.engine.review.Status;
import dev.plancheck.engine.sql.ObjectKind;
import dev.plancheck.engine.sql.Statement;
import java.util.EnumSet;
import java.util.Set;

/// Spec, tests and user documentation: `StoredCode.md`, beside this file.
public record StoredCode(boolean views) implements StatementRule {
  private static final RuleInfo INFO =
      new RuleInfo(
          "object.stored-code",
          "Code stored in the database",
          Status.WARNING,
          RuleInfo.ALL_ENGINES,
          "0.1",
          Level.OFF);

  private static final Set<ObjectKind> CODE =
      EnumSet.of(ObjectKind.FUNCTION, ObjectKind.PROCEDURE, ObjectKind.EVENT, ObjectKind.TRIGGER);

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public void check(ScriptStatement statement, Context context) {
    var made =
        switch (statement.statement()) {
          case Statement.CreateTrigger(var name, _) -> "The trigger " + name;
          case Statement.CreateView create when views -> "The view " + create.view();
          case Statement.Utility(var command, var kind, var name)
              when kind != null && CODE.contains(kind) && command.startsWith("CREATE") ->
              "The %s %s".formatted(kind.words(), name);
          case Statement _ -> "";
        };
    if (!made.isEmpty()) {
      context.report(
          statement.span(),
          "%s is code that runs in the database, out of sight of the programs, their tests and their releases; gh-ost and moves to other servers stumble over it. The policy here keeps code in programs."
              .formatted(made));
    }
  }
}
