// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.rules.index;

import dev.plancheck.engine.dialect.Script;
import dev.plancheck.engine.review.RuleInfo;
import dev.plancheck.engine.review.ScriptContext;
import dev.plancheck.engine.review.ScriptContext.Step;
import dev.plancheck.engine.review.ScriptRule;
import dev.plancheck.engine.review.Status;
import dev.plancheck.engine.schema.SchemaWalk;
import dev.plancheck.engine.schema.Table;
import dev.plancheck.engine.schema.Table.Index;
import dev.plancheck.engine.sql.ObjectName;
import dev.plancheck.engine.sql.Statement;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Spec, tests and user documentation: `Redundant.md`, beside this file.
public record Redundant() implements ScriptRule {
  private static final RuleInfo INFO =
      new RuleInfo(
          "index.redundant",
          "Index that another one makes needless",
          Status.WARNING,
          RuleInfo.MYSQL_FAMILY,
          "0.1");

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public void check(Script script, ScriptContext context) {
    for (var step : context.steps()) {
      var name = indexed(step.statement().statement());
      var before = name == null ? null : step.schema().table(name).orElse(null);
      if (before != null && step.schema().isComplete(before)) {
        var after =
            SchemaWalk.apply(step.schema(), step.statement().statement()).table(before.name());
        after.ifPresent(table -> compare(before, table, step, context));
      }
    }
  }

  private static @Nullable ObjectName indexed(Statement statement) {
    return switch (statement) {
      case Statement.CreateIndex create -> create.table();
      case Statement.AlterTable alter -> alter.table();
      case Statement _ -> null;
    };
  }

  private static void compare(Table before, Table after, Step step, ScriptContext context) {
    for (var index : after.indexes()) {
      if (before.index(index.name()).isEmpty() && isPlain(index)) {
        after.indexes().stream()
            .filter(other -> !other.name().equals(index.name()) && isPlain(other))
            .filter(other -> covers(other, index))
            .findFirst()
            .ifPresent(other ->
                context.report(
                    step.statement().span(),
                    "The index %s begins as %s (%s) does: whatever can use the one can use the other, and both are written with every row. Leave it out, or drop the other one."
                        .formatted(index.name(), other.name(), String.join(", ", columns(other)))));
      }
    }
  }

  /// A unique index also demands something; what is more than columns may serve something else.
  private static boolean isPlain(Index index) {
    return index.method().equals("btree")
        && index.valid()
        && index.definition() == null
        && index.columns().stream().noneMatch(Objects::isNull);
  }

  private static boolean covers(Index other, Index index) {
    return !index.unique()
        && other.columns().size() >= index.columns().size()
        && columns(other).subList(0, index.columns().size()).equals(columns(index));
  }

  private static List<String> columns(Index index) {
    return index.columns().stream().map(String::valueOf).toList();
  }
}
