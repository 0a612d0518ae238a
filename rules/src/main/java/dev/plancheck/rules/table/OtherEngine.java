// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.rules.table;

import dev.plancheck.engine.dialect.Script;
import dev.plancheck.engine.review.RuleInfo;
import dev.plancheck.engine.review.ScriptContext;
import dev.plancheck.engine.review.ScriptRule;
import dev.plancheck.engine.review.Status;
import dev.plancheck.engine.sql.ObjectName;
import dev.plancheck.engine.sql.Statement;
import dev.plancheck.engine.sql.Statement.Persistence;
import dev.plancheck.engine.sql.TableAction;
import dev.plancheck.engine.text.Span;
import dev.plancheck.rules.Outline;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;

/// Spec, tests and user documentation: `OtherEngine.md`, beside this file.
public record OtherEngine(String allowed) implements ScriptRule {
  private static final RuleInfo INFO =
      new RuleInfo(
          "table.other-engine",
          "Table in a storage engine without transactions",
          Status.WARNING,
          RuleInfo.MYSQL_FAMILY,
          "0.1");

  private static final Pattern ENGINE = Pattern.compile("\\bENGINE\\s*=?\\s*(\\w+)");

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public void check(Script script, ScriptContext context) {
    for (var statement : script.statements()) {
      switch (statement.statement()) {
        case Statement.CreateTable create when create.persistence() != Persistence.TEMPORARY -> {
          var outline = Outline.of(script, statement.span());
          var found = ENGINE.matcher(outline);
          if (found.find(Math.max(0, outline.indexOf(')')))) {
            check(create.table(), found.group(1), statement.span(), context);
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
  }

  private void check(ObjectName table, String engine, Span at, ScriptContext context) {
    if (!Arrays.asList(allowed.toLowerCase(Locale.ROOT).split("\\s*,\\s*", -1))
        .contains(engine.toLowerCase(Locale.ROOT))) {
      context.report(
          at,
          "%s is kept by %s: usually that means no transactions, no foreign keys, damaged tables after a crash, and locks on whole tables. Leave ENGINE out, or write one of %s."
              .formatted(table, engine, allowed));
    }
  }
}
