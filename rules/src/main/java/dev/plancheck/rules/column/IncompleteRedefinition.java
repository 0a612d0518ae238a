// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.rules.column;

import dev.plancheck.engine.dialect.ScriptStatement;
import dev.plancheck.engine.review.Context;
import dev.plancheck.engine.review.RuleInfo;
import dev.plancheck.engine.review.StatementRule;
import dev.plancheck.engine.review.Status;
import dev.plancheck.engine.schema.SchemaWalk;
import dev.plancheck.engine.schema.Table;
import dev.plancheck.engine.schema.Table.Column.Generation;
import dev.plancheck.engine.sql.ColumnConstraint;
import dev.plancheck.engine.sql.ColumnDefinition;
import dev.plancheck.engine.sql.Statement;
import dev.plancheck.engine.sql.TableAction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Spec, tests and user documentation: `IncompleteRedefinition.md`, beside this file.
public record IncompleteRedefinition() implements StatementRule {
  private static final String CHARACTER_SET = "CHARACTER SET";
  private static final RuleInfo INFO =
      new RuleInfo(
          "column.incomplete-redefinition",
          "Column redefined without what it had",
          Status.WARNING,
          RuleInfo.MYSQL_FAMILY,
          "0.1");

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public void check(ScriptStatement statement, Context context) {
    if (!(statement.statement() instanceof Statement.AlterTable alter)
        || !context.schema().isInUse(alter.table())) {
      return;
    }
    var table = context.schema().table(alter.table());
    var after = SchemaWalk.apply(context.schema(), alter).table(alter.table());
    for (var action : alter.actions()) {
      if (action instanceof TableAction.RedefineColumn(var name, var definition, var at)) {
        var column = table.flatMap(t -> t.column(name)).orElse(null);
        var what = column == null ? unknown(context, definition) : lost(column, definition, after);
        if (!what.isEmpty()) {
          context.report(
              at,
              "%s.%s becomes just what is written here: %s. Write the whole definition, as SHOW CREATE TABLE shows it, with the change in it."
                  .formatted(alter.table(), name, what));
        }
      }
    }
  }

  /// Without a target only one thing is told: nobody leaves NULL and NOT NULL away who has looked
  /// at the definition.
  private static String unknown(Context context, ColumnDefinition definition) {
    var silent =
        !definition.isNotNull()
            && definition.constraints().stream()
                .noneMatch(constraint ->
                    constraint instanceof ColumnConstraint.Null
                        || constraint instanceof ColumnConstraint.Generated);
    return context.schema().known() || !silent
        ? ""
        : "if it was NOT NULL, or had a DEFAULT, a COMMENT, ON UPDATE or AUTO_INCREMENT that is not"
            + " repeated, it has it no more";
  }

  private static String lost(
      Table.Column column, ColumnDefinition definition, Optional<Table> after) {
    var lost = new ArrayList<String>();
    var generated = is(definition.constraints(), ColumnConstraint.Generated.class);
    if (column.notNull() && !definition.isNotNull()) {
      lost.add("NOT NULL");
    }
    if (hasDefault(column.defaultText()) && definition.defaultExpression() == null && !generated) {
      lost.add("DEFAULT " + column.defaultText());
    }
    if (column.generation() == Generation.IDENTITY
        && !is(definition.constraints(), ColumnConstraint.Identity.class)) {
      lost.add("AUTO_INCREMENT");
    }
    after
        .flatMap(table -> table.column(definition.name()))
        .ifPresent(changed -> addLostAttributes(column, changed, definition, lost));
    return lost.isEmpty() ? "" : "it loses " + String.join(" and ", lost);
  }

  /// A comment that is written anew, or a character set, is wanted; one that is gone is not.
  private static void addLostAttributes(
      Table.Column column, Table.Column changed, ColumnDefinition definition, List<String> lost) {
    column
        .attributes()
        .forEach((name, value) -> {
          var now = changed.attributes().get(name);
          if (now == null && !name.equals(CHARACTER_SET)) {
            lost.add(
                name.equals("COMMENT")
                    ? "COMMENT '%s'".formatted(value)
                    : (name + " " + value).strip());
          } else if (now != null
              && !now.equals(value)
              && name.equals(CHARACTER_SET)
              && definition.collation() == null
              && !isWritten(definition, name)) {
            lost.add("%s %s, for %s".formatted(name, value, now));
          }
        });
  }

  private static boolean isWritten(ColumnDefinition definition, String attribute) {
    return definition.constraints().stream()
        .anyMatch(constraint ->
            constraint instanceof ColumnConstraint.Attribute(_, var words, _, _)
                && words.equals(attribute));
  }

  private static boolean hasDefault(@Nullable String text) {
    return text != null && !text.equalsIgnoreCase("NULL");
  }

  private static boolean is(
      List<ColumnConstraint> constraints, Class<? extends ColumnConstraint> kind) {
    return constraints.stream().anyMatch(kind::isInstance);
  }
}
