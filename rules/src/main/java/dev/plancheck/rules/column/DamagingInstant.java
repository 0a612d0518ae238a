// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.rules.column;

import dev.plancheck.engine.Engine;
import dev.plancheck.engine.dialect.ScriptStatement;
import dev.plancheck.engine.online.Algorithm;
import dev.plancheck.engine.online.OnlineDdl;
import dev.plancheck.engine.review.Context;
import dev.plancheck.engine.review.RuleInfo;
import dev.plancheck.engine.review.StatementRule;
import dev.plancheck.engine.review.Status;
import dev.plancheck.engine.sql.TableAction;
import dev.plancheck.rules.AlteredTable;
import java.util.Set;
import java.util.regex.Pattern;

/// Spec, tests and user documentation: `DamagingInstant.md`, beside this file.
public record DamagingInstant() implements StatementRule {
  private static final RuleInfo INFO =
      new RuleInfo(
          "column.damaging-instant",
          "Instant change that can damage the table",
          Status.ERROR,
          Set.of(Engine.MYSQL),
          "0.1");

  private static final Pattern DAMAGING = Pattern.compile("8\\.0\\.(?:29|30|31)\\b.*");

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public void check(ScriptStatement statement, Context context) {
    var version = context.schema().settings().getOrDefault("version", "");
    if (!DAMAGING.matcher(version).matches()) {
      return;
    }
    AlteredTable.inUse(statement.statement(), context.schema())
        .filter(altered -> isInstant(statement, context))
        .flatMap(altered ->
            altered.alter().actions().stream().filter(DamagingInstant::movesRows).findFirst())
        .ifPresent(action ->
            context.report(
                action.span(),
                "MySQL %s adds and drops columns in an instant, and can damage the table by it, which shows when rows are changed later or the server starts again (mended in 8.0.32). Write ALGORITHM=INPLACE, or use gh-ost."
                    .formatted(version)));
  }

  private static boolean isInstant(ScriptStatement statement, Context context) {
    return OnlineDdl.of(statement, context.schema().withSettings(context.session().settings()))
        .filter(online ->
            online instanceof OnlineDdl.Known(var work, _, _, var refused)
                && refused == null
                && work.algorithm() == Algorithm.INSTANT)
        .isPresent();
  }

  private static boolean movesRows(TableAction action) {
    return action instanceof TableAction.AddColumn || action instanceof TableAction.DropColumn;
  }
}
