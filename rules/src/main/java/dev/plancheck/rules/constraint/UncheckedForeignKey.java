// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.rules.constraint;

import dev.plancheck.engine.dialect.ScriptStatement;
import dev.plancheck.engine.review.Context;
import dev.plancheck.engine.review.RuleInfo;
import dev.plancheck.engine.review.StatementRule;
import dev.plancheck.engine.review.Status;
import dev.plancheck.engine.sql.TableAction;
import dev.plancheck.engine.sql.TableConstraint;
import dev.plancheck.rules.AlteredTable;
import java.util.Locale;
import java.util.Set;

/// Spec, tests and user documentation: `UncheckedForeignKey.md`, beside this file.
public record UncheckedForeignKey() implements StatementRule {
  private static final RuleInfo INFO =
      new RuleInfo(
          "constraint.unchecked-foreign-key",
          "Foreign key added over rows that nobody checks",
          Status.WARNING,
          RuleInfo.MYSQL_FAMILY,
          "0.1");

  private static final Set<String> OFF = Set.of("0", "off", "false");

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public void check(ScriptStatement statement, Context context) {
    var checks = context.session().setting("foreign_key_checks").orElse("1");
    if (!OFF.contains(checks.toLowerCase(Locale.ROOT))) {
      return;
    }
    AlteredTable.inUse(statement.statement(), context.schema())
        .ifPresent(altered ->
            altered.alter().actions().forEach(action -> check(altered, action, context)));
  }

  private static void check(AlteredTable altered, TableAction action, Context context) {
    if (action instanceof TableAction.AddConstraint(TableConstraint.ForeignKey key, var at)) {
      context.report(
          at,
          "With foreign_key_checks = 0 the key is added without a look at the rows: those without a partner in %s stay, and nothing ever finds them. Look for them first: SELECT ... FROM %s LEFT JOIN %s ... WHERE the partner IS NULL."
              .formatted(key.referencedTable(), altered.name(), key.referencedTable()));
    }
  }
}
