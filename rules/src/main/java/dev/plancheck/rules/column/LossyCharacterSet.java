// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.rules.column;

import dev.plancheck.engine.dialect.ScriptStatement;
import dev.plancheck.engine.review.Context;
import dev.plancheck.engine.review.RuleInfo;
import dev.plancheck.engine.review.StatementRule;
import dev.plancheck.engine.review.Status;
import dev.plancheck.engine.schema.SchemaWalk;
import dev.plancheck.engine.schema.Table.Column;
import dev.plancheck.engine.sql.TableAction;
import dev.plancheck.rules.AlteredTable;
import dev.plancheck.rules.CharacterLoss;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Spec, tests and user documentation: `LossyCharacterSet.md`, beside this file.
public record LossyCharacterSet() implements StatementRule {
  private static final RuleInfo INFO =
      new RuleInfo(
          "column.lossy-character-set",
          "Column changed to a smaller character set",
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
          var after = SchemaWalk.apply(context.schema(), altered.alter()).table(altered.name());
          for (var action : altered.alter().actions()) {
            if (action instanceof TableAction.RedefineColumn(var name, var definition, var at)) {
              var column = altered.column(name);
              if (column.isEmpty()) {
                context.undecided(at);
              } else {
                var old = charset(column);
                var changed = charset(after.flatMap(table -> table.column(definition.name())));
                if (old != null && changed != null && CharacterLoss.isPossible(old, changed)) {
                  CharacterLoss.report(
                      context,
                      at,
                      "%s.%s, which has %s".formatted(altered.name(), name, old),
                      changed);
                }
              }
            }
          }
        });
  }

  private static @Nullable String charset(Optional<Column> column) {
    return column.map(found -> found.attributes().get("CHARACTER SET")).orElse(null);
  }
}
