// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.rules.index;

import dev.plancheck.engine.dialect.ScriptStatement;
import dev.plancheck.engine.review.Context;
import dev.plancheck.engine.review.RuleInfo;
import dev.plancheck.engine.review.StatementRule;
import dev.plancheck.engine.review.Status;
import dev.plancheck.engine.schema.ConstraintKind;
import dev.plancheck.engine.schema.Schema;
import dev.plancheck.engine.schema.SchemaWalk;
import dev.plancheck.engine.schema.Table;
import dev.plancheck.engine.schema.Table.Index;
import dev.plancheck.engine.sql.ObjectName;
import dev.plancheck.engine.sql.Statement;
import dev.plancheck.engine.sql.TableAction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Spec, tests and user documentation: `NeededByForeignKey.md`, beside this file.
public record NeededByForeignKey() implements StatementRule {
  private static final RuleInfo INFO =
      new RuleInfo(
          "index.needed-by-foreign-key",
          "Index dropped that a foreign key stands on",
          Status.ERROR,
          RuleInfo.MYSQL_FAMILY,
          "0.1");

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public void check(ScriptStatement statement, Context context) {
    if (!(statement.statement() instanceof Statement.AlterTable alter)) {
      return;
    }
    var before = context.schema().table(alter.table()).filter(context.schema()::isComplete);
    if (before.isEmpty()) {
      return;
    }
    var all = SchemaWalk.apply(context.schema(), alter);
    var after = all.table(before.get().name());
    for (var action : alter.actions()) {
      if (action instanceof TableAction.DropIndex(var name, _, var at)) {
        var index = before.get().index(name);
        var missed =
            index.isPresent() && after.isPresent()
                ? keys(after.get(), all).stream()
                    .filter(key -> begins(index.get(), key.columns()))
                    .filter(key ->
                        after.get().indexes().stream().noneMatch(i -> begins(i, key.columns())))
                    .findFirst()
                : Optional.<Key>empty();
        missed.ifPresent(key -> context.report(at, message(alter.table(), name, key)));
      }
    }
  }

  /// Columns that a foreign key needs an index on.
  private record Key(String name, List<String> columns) {}

  /// Of the table's own keys, and of those to it.
  private static List<Key> keys(Table table, Schema schema) {
    var keys = new ArrayList<Key>();
    for (var other : schema.tables().values()) {
      for (var constraint : other.constraints()) {
        if (constraint.kind() != ConstraintKind.FOREIGN_KEY) {
          continue;
        }
        if (other.name().equals(table.name())) {
          keys.add(new Key(constraint.name(), constraint.columns()));
        }
        if (table.name().equals(constraint.references())
            && !constraint.referencedColumns().isEmpty()) {
          keys.add(
              new Key(
                  "%s of %s".formatted(constraint.name(), other.name()),
                  constraint.referencedColumns()));
        }
      }
    }
    return keys;
  }

  private static boolean begins(Index index, List<String> columns) {
    return index.columns().size() >= columns.size()
        && index.columns().subList(0, columns.size()).equals(columns);
  }

  private static String message(ObjectName table, String index, Key key) {
    return "The foreign key %s needs an index of %s that begins with %s, and %s is the only one: the server refuses to drop it, and the script fails here. Drop the foreign key first, or add another such index in the same statement."
        .formatted(key.name(), table, String.join(", ", key.columns()), index);
  }
}
