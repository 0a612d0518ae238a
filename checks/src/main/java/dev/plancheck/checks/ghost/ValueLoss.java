// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.ghost;

import dev.plancheck.checks.ghost.GhostFacts.Column;
import dev.plancheck.engine.Engine;
import dev.plancheck.engine.sql.ColumnConstraint;
import dev.plancheck.engine.sql.ColumnDefinition;
import dev.plancheck.engine.sql.Expression;
import dev.plancheck.engine.sql.TableAction;
import dev.plancheck.engine.sql.TableConstraint;
import dev.plancheck.engine.text.Span;

/// What gh-ost would do to values and rows without a word, where ALTER TABLE itself would stop:
/// types, NOT NULL and CHECK. Character sets are in [CharsetLoss], unique keys in [UniqueLoss].
final class ValueLoss {
  private final GhostCase here;

  private ValueLoss(GhostCase here) {
    this.here = here;
  }

  static void find(GhostCase here) {
    var loss = new ValueLoss(here);
    for (var before : here.table().columns()) {
      here.shape().successor(before).ifPresent(after -> loss.column(before, after));
    }
    here.actions().forEach(loss::checks);
  }

  private void column(Column before, Shape.Column after) {
    var by = after.by();
    var span = by == null ? null : by.span();
    if (after.definition() != null && !before.generated()) {
      type(before, after.definition(), after.definition().span());
    }
    if (before.nullable() && isNotNull(here, after)) {
      here.lose(
          GhostCode.VALUES_LOST_NULL,
          span,
          "rows where %s is NULL would get the implicit default of its type."
              .formatted(before.name()),
          Question.ours(here.oneRow("1", Words.quoted(before.name()) + " IS NULL")));
    }
  }

  /// As far as the sheet tells.
  static boolean isNotNull(GhostCase here, Shape.Column after) {
    var definition = after.definition();
    if (definition != null && (definition.isNotNull() || impliesNotNull(here, definition))) {
      return true;
    }
    return here.shape().makesPrimary()
        && here.shape().keys().stream()
            .anyMatch(key -> key.name().equals("primary") && key.has(after.name()));
  }

  /// A TIMESTAMP is NOT NULL by itself on servers that are so old, or set so.
  private static boolean impliesNotNull(GhostCase here, ColumnDefinition definition) {
    return definition.type().name().equals("timestamp")
        && here.server().variables().containsKey("explicit_defaults_for_timestamp")
        && !here.server().isOn("explicit_defaults_for_timestamp")
        && definition.constraints().stream().noneMatch(ColumnConstraint.Null.class::isInstance);
  }

  private void type(Column before, ColumnDefinition definition, Span span) {
    var old = ColumnType.of(before.type());
    var wanted = ColumnType.of(definition.type());
    var column = Words.quoted(before.name());
    switch (Conversion.of(old, wanted, column, Charsets.bytes(before.charset()))) {
      case Conversion.Safe _ -> {}
      case Conversion.Lossy(var condition) ->
          here.lose(
              GhostCode.VALUES_LOST_TYPE,
              span,
              "values of %s that do not fit from %s into %s would be cut, clamped or emptied."
                  .formatted(before.name(), old, wanted),
              Question.ours(here.oneRow(column, condition)));
      case Conversion.Rounding _ -> rounded(before, wanted, span);
      case Conversion.Renumbered _ ->
          here.find(
              GhostCode.ENUM_ORDER,
              span,
              """
              Members of %s get other numbers. The binary log holds the numbers, and gh-ost writes \
              them as they are: rows that change while it runs would get another member.\
              """
                  .formatted(before.name()),
              "Append new members at the end, or change the table without gh-ost.");
    }
  }

  private void rounded(Column before, ColumnType wanted, Span span) {
    var inKey = here.shape().keys().stream().filter(key -> key.has(before.name())).findFirst();
    if (inKey.isPresent()) {
      here.lose(
          GhostCode.ROWS_LOST_UNIQUE,
          span,
          "values of %s are rounded to %s, and of rows that become equal in key %s one would stay."
              .formatted(before.name(), wanted, inKey.get().name()),
          Question.NONE);
      return;
    }
    here.find(
        GhostCode.VALUES_ROUNDED,
        span,
        "Values of %s are rounded to %s, as ALTER TABLE would.".formatted(before.name(), wanted),
        "");
  }

  private void checks(TableAction action) {
    switch (action) {
      case TableAction.AddConstraint(TableConstraint.Check check, var span) ->
          check(check.expression(), check.notValid(), span);
      case TableAction.AddColumn(var column, _, _) -> columnChecks(column);
      case TableAction.RedefineColumn(_, var column, _) -> columnChecks(column);
      case TableAction _ -> {}
    }
  }

  private void columnChecks(ColumnDefinition column) {
    for (var constraint : column.constraints()) {
      if (constraint instanceof ColumnConstraint.Check check) {
        check(check.expression(), check.notValid(), check.span());
      }
    }
  }

  private void check(Expression expression, boolean notEnforced, Span span) {
    if (notEnforced || isIgnored()) {
      return;
    }
    var known =
        expression.columns().stream()
            .allMatch(name ->
                here.table().columns().stream().anyMatch(c -> c.name().equalsIgnoreCase(name)));
    here.lose(
        GhostCode.ROWS_LOST_CHECK,
        span,
        "every row that violates the new CHECK would be left out.",
        known
            ? Question.theirs(here.oneRow("1", "NOT (%s)".formatted(expression.text())))
            : Question.NONE);
  }

  /// MySQL before 8.0.16 reads a CHECK and forgets it.
  private boolean isIgnored() {
    return here.server().engine() == Engine.MYSQL
        && !ServerVersion.of(here.server().version()).isAtLeast(8, 0, 16);
  }
}
