// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.rules.data;

import dev.plancheck.engine.dialect.ScriptStatement;
import dev.plancheck.engine.review.Context;
import dev.plancheck.engine.review.RuleInfo;
import dev.plancheck.engine.review.StatementRule;
import dev.plancheck.engine.review.Status;
import dev.plancheck.engine.schema.ConstraintKind;
import dev.plancheck.engine.schema.Table;
import dev.plancheck.engine.schema.Table.Constraint;
import dev.plancheck.engine.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/// Spec, tests and user documentation: `KeyUpdate.md`, beside this file.
public record KeyUpdate() implements StatementRule {
  private static final RuleInfo INFO =
      new RuleInfo(
          "data.key-update",
          "Primary key of rows changed",
          Status.WARNING,
          RuleInfo.ALL_ENGINES,
          "0.1");

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public void check(ScriptStatement statement, Context context) {
    if (!(statement.statement() instanceof Statement.Update update)
        || !context.schema().isInUse(update.table())) {
      return;
    }
    var table = context.schema().table(update.table()).filter(context.schema()::isComplete);
    if (table.isEmpty()) {
      context.undecided(statement.span());
      return;
    }
    var changed = new ArrayList<>(key(table.get()));
    changed.retainAll(update.columns());
    if (!changed.isEmpty()) {
      context.report(
          statement.span(),
          "%s is in the primary key of %s: what others remember of a row by its key (caches, search indexes, other databases, rows without a foreign key) finds no row or another one afterwards. Keep keys, and put what changes into another column."
              .formatted(String.join(", ", changed), update.table()));
    }
  }

  private static List<String> key(Table table) {
    return table.constraints().stream()
        .filter(constraint -> constraint.kind() == ConstraintKind.PRIMARY_KEY)
        .findFirst()
        .map(Constraint::columns)
        .orElse(List.of());
  }
}
