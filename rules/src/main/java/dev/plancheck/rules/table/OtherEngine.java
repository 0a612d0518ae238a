// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.rules.table;

import dev.plancheck.engine.dialect.ScriptStatement;
import dev.plancheck.engine.review.Context;
import dev.plancheck.engine.review.RuleInfo;
import dev.plancheck.engine.review.StatementRule;
import dev.plancheck.engine.review.Status;
import dev.plancheck.engine.sql.ObjectName;
import dev.plancheck.engine.sql.Statement;
import dev.plancheck.engine.sql.Statement.Persistence;
import dev.plancheck.engine.sql.TableAction;
import dev.plancheck.engine.text.Span;
import java.util.Arrays;
import java.util.Locale;

/// Spec, tests and user documentation: `OtherEngine.md`, beside this file.
public record OtherEngine(String allowed) implements StatementRule {
  private static final RuleInfo INFO =
      new RuleInfo(
          "table.other-engine",
          "Table in a storage engine without transactions",
          Status.WARNING,
          RuleInfo.MYSQL_FAMILY,
          "0.1");

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public void check(ScriptStatement statement, Context context) {
    switch (statement.statement()) {
      case Statement.CreateTable create when create.persistence() != Persistence.TEMPORARY -> {
        var engine = create.options().get("engine");
        if (engine != null) {
          check(create.table(), engine, statement.span(), context);
        }
      }
      case Statement.AlterTable alter -> {
        for (var action : alter.actions()) {
          if (action instanceof TableAction.SetTableOption(var option, var value, var at)
              && option.equals("engine")) {
            check(alter.table(), value, at, context);
          }
        }
      }
      case Statement _ -> {}
    }
  }

  private void check(ObjectName table, String engine, Span at, Context context) {
    var known = Arrays.asList(allowed.toLowerCase(Locale.ROOT).split("\\s*,\\s*", -1));
    if (!known.contains(engine.toLowerCase(Locale.ROOT))) {
      context.report(
          at,
          "%s is kept by %s: usually that means no transactions, no foreign keys, damaged tables after a crash, and locks on whole tables. Leave ENGINE out, or write one of %s."
              .formatted(table, engine, allowed));
    }
  }
}
