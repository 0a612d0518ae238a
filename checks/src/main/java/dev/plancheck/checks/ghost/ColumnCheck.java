// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.ghost;

import dev.plancheck.engine.sql.TableAction;
import dev.plancheck.engine.sql.TableConstraint;
import dev.plancheck.engine.text.Span;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the ALTER does to columns and indexes that are there, or are not.
final class ColumnCheck {
  private final GhostCase here;
  private final Set<String> columns = new HashSet<>();
  private final Set<String> indexes = new HashSet<>();

  private ColumnCheck(GhostCase here) {
    this.here = here;
    here.table().columns().forEach(column -> columns.add(fold(column.name())));
    here.table().keys().forEach(key -> indexes.add(fold(key.name())));
  }

  static void find(GhostCase here) {
    var check = new ColumnCheck(here);
    check.generated();
    here.actions().forEach(check::needs);
    here.actions().forEach(check::drop);
    here.actions().forEach(check::makes);
  }

  /// The new plain column would be filled by nobody: gh-ost does not copy what is generated.
  private void generated() {
    for (var before : here.table().columns()) {
      var after = here.shape().successor(before).orElse(null);
      if (before.generated() && after != null && !after.generated()) {
        here.find(
            GhostCode.GENERATED_COLUMN,
            after.by() == null ? null : after.by().span(),
            "gh-ost leaves generated columns out of its copy: %s would have no values afterwards."
                .formatted(before.name()),
            "Change the column without gh-ost.");
      }
    }
  }

  private void needs(TableAction action) {
    switch (action) {
      case TableAction.DropColumn(var name, var ifExists, _, var span) ->
          column(name, ifExists, span);
      case TableAction.RedefineColumn(var name, _, var span) ->
          column(name, mentionsIfExists(span), span);
      case TableAction.RenameColumn(var name, _, var span) ->
          column(name, mentionsIfExists(span), span);
      case TableAction.SetDefault(var name, _, var span) ->
          column(name, mentionsIfExists(span), span);
      case TableAction.DropDefault(var name, var span) ->
          column(name, mentionsIfExists(span), span);
      case TableAction.DropIndex(var name, var ifExists, var span) -> index(name, ifExists, span);
      case TableAction.RenameIndex(var name, _, var span) ->
          index(name, mentionsIfExists(span), span);
      case TableAction _ -> {}
    }
  }

  private boolean mentionsIfExists(Span span) {
    var text = Words.bare(here.alter().script().source().slice(span)).toUpperCase(Locale.ROOT);
    return text.matches("(?s).*\\bIF\\s+EXISTS\\b.*");
  }

  private void column(String name, boolean ifExists, Span span) {
    if (!ifExists && !columns.contains(fold(name))) {
      fails(span, "%s has no column %s".formatted(here.table().name(), name));
    }
  }

  private void index(String name, boolean ifExists, Span span) {
    if (!ifExists && !indexes.contains(fold(name))) {
      fails(span, "%s has no index %s".formatted(here.table().name(), name));
    }
  }

  private void drop(TableAction action) {
    switch (action) {
      case TableAction.DropColumn(var name, _, _, _) -> columns.remove(fold(name));
      case TableAction.DropIndex(var name, _, _) -> indexes.remove(fold(name));
      case TableAction.DropConstraint(var name, _, _, _) -> indexes.remove(fold(name));
      case TableAction.RenameIndex(var name, _, _) -> indexes.remove(fold(name));
      case TableAction.RenameColumn(var name, _, _) -> columns.remove(fold(name));
      case TableAction.RedefineColumn(var name, _, _) -> columns.remove(fold(name));
      case TableAction _ -> {}
    }
  }

  private void makes(TableAction action) {
    switch (action) {
      case TableAction.AddColumn(var column, var ifNotExists, var span) ->
          make(columns, "column", column.name(), ifNotExists, span);
      case TableAction.RenameColumn(_, var name, var span) ->
          make(columns, "column", name, false, span);
      case TableAction.RedefineColumn(_, var column, var span) ->
          make(columns, "column", column.name(), false, span);
      case TableAction.RenameIndex(_, var name, var span) ->
          make(indexes, "index", name, false, span);
      case TableAction.AddConstraint(var constraint, var span) ->
          make(indexes, "index", indexName(constraint), mentionsIfNotExists(span), span);
      case TableAction _ -> {}
    }
  }

  private static @Nullable String indexName(TableConstraint constraint) {
    return switch (constraint) {
      case TableConstraint.PrimaryKey _ -> "primary";
      case TableConstraint.Unique unique -> unique.name();
      case TableConstraint.Index index -> index.name();
      case TableConstraint _ -> null;
    };
  }

  private boolean mentionsIfNotExists(Span span) {
    var text = Words.bare(here.alter().script().source().slice(span)).toUpperCase(Locale.ROOT);
    return text.matches("(?s).*\\bIF\\s+NOT\\s+EXISTS\\b.*");
  }

  private void make(
      Set<String> names, String what, @Nullable String name, boolean ifNotExists, Span span) {
    if (name != null && !names.add(fold(name)) && !ifNotExists) {
      fails(span, "%s has a %s %s already".formatted(here.table().name(), what, name));
    }
  }

  private void fails(Span span, String why) {
    here.find(
        GhostCode.ALTER_FAILS,
        span,
        why + ", so that the server refuses the ALTER.",
        "Correct it.");
  }

  private static String fold(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
