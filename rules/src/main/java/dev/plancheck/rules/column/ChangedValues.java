// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.rules.column;

import dev.plancheck.engine.dialect.ScriptStatement;
import dev.plancheck.engine.review.Context;
import dev.plancheck.engine.review.RuleInfo;
import dev.plancheck.engine.review.StatementRule;
import dev.plancheck.engine.review.Status;
import dev.plancheck.engine.sql.TableAction;
import dev.plancheck.engine.sql.TypeName;
import dev.plancheck.engine.text.Span;
import dev.plancheck.rules.AlteredTable;
import java.util.ArrayList;

/// Spec, tests and user documentation: `ChangedValues.md`, beside this file.
public record ChangedValues() implements StatementRule {
  private static final RuleInfo INFO =
      new RuleInfo(
          "column.changed-values",
          "Values of an ENUM or SET removed or moved",
          Status.ERROR,
          RuleInfo.MYSQL_FAMILY,
          "0.1");

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public void check(ScriptStatement statement, Context context) {
    AlteredTable.inUse(statement.statement(), context.schema())
        .ifPresent(altered -> {
          for (var action : altered.alter().actions()) {
            if (action instanceof TableAction.RedefineColumn(var name, var definition, var at)) {
              var column = altered.column(name);
              if (column.isPresent()
                  && definition.type().name().equals(column.get().type().name())) {
                compare(altered, name, column.get().type(), definition.type(), at, context);
              } else if (column.isEmpty() && !EnumValues.of(definition.type()).isEmpty()) {
                context.undecided(at);
              }
            }
          }
        });
  }

  private static void compare(
      AlteredTable altered, String name, TypeName from, TypeName to, Span at, Context context) {
    var old = EnumValues.of(from);
    var changed = EnumValues.of(to);
    var gone = new ArrayList<>(old);
    gone.removeAll(changed);
    if (!gone.isEmpty()) {
      context.report(
          at,
          "%s.%s loses %s: rows with %s make the statement fail in strict mode, and get an empty text otherwise, with gh-ost too. Give those rows another value first, and look that none is left."
              .formatted(
                  altered.name(),
                  name,
                  String.join(", ", gone),
                  gone.size() == 1 ? "it" : "one of them"));
    } else if (changed.size() < old.size() || !changed.subList(0, old.size()).equals(old)) {
      context.report(
          at,
          Status.WARNING,
          "The values of %s.%s get other numbers: the table is copied under a lock, rows sort in another order, and whoever reads or writes the numbers means other values. Append new values at the end."
              .formatted(altered.name(), name));
    }
  }
}
