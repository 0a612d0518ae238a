// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.rules.constraint;

import dev.plancheck.engine.dialect.ScriptStatement;
import dev.plancheck.engine.review.Context;
import dev.plancheck.engine.review.RuleInfo;
import dev.plancheck.engine.review.StatementRule;
import dev.plancheck.engine.review.Status;
import dev.plancheck.engine.schema.ConstraintKind;
import dev.plancheck.engine.schema.Schema;
import dev.plancheck.engine.sql.ObjectName;
import dev.plancheck.engine.sql.Statement;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Spec, tests and user documentation: `UncheckedRows.md`, beside this file.
public record UncheckedRows() implements StatementRule {
  private static final RuleInfo INFO =
      new RuleInfo(
          "constraint.unchecked-rows",
          "Rows changed while foreign keys are not checked",
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
    var table =
        OFF.contains(checks.toLowerCase(Locale.ROOT)) ? changed(statement.statement()) : null;
    if (table != null && context.schema().isInUse(table) && mayHaveKeys(table, context.schema())) {
      context.report(
          statement.span(),
          "With foreign_key_checks = 0 nothing looks whether rows of %s and their partners still belong together, now or ever: cascades do not happen, and wrong references stay. Change the rows in the order that the keys want, with the checks on."
              .formatted(table));
    }
  }

  private static @Nullable ObjectName changed(Statement statement) {
    return switch (statement) {
      case Statement.Insert insert -> insert.table();
      case Statement.Update update -> update.table();
      case Statement.Delete delete -> delete.table();
      case Statement.Truncate truncate -> truncate.tables().getFirst();
      case Statement.Copy(var table, var from, _) when from -> table;
      case Statement _ -> null;
    };
  }

  private static boolean mayHaveKeys(ObjectName name, Schema schema) {
    var table = schema.table(name).filter(schema::isComplete);
    return table.isEmpty()
        || !table.get().dependents().referencedBy().isEmpty()
        || table.get().constraints().stream()
            .anyMatch(constraint -> constraint.kind() == ConstraintKind.FOREIGN_KEY);
  }
}
