// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.ghost;

import dev.plancheck.engine.Engine;
import dev.plancheck.engine.sql.ColumnConstraint;
import dev.plancheck.engine.sql.ColumnDefinition;
import dev.plancheck.engine.sql.TableAction;
import dev.plancheck.engine.sql.TableConstraint;
import dev.plancheck.engine.text.Span;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// What the sheet alone says: forms that gh-ost cannot read, refuses, or understands otherwise than
/// the server does.
final class SheetCheck {
  private static final Pattern ALTER_TABLE = Pattern.compile("(?is)\\s*ALTER\\s+TABLE\\b.*");
  private static final Set<String> ON_FULL_TABLES =
      Set.of(
          "EXCHANGE PARTITION",
          "DISCARD PARTITION",
          "IMPORT PARTITION",
          "TRUNCATE PARTITION",
          "CONVERT PARTITION",
          "DROP PARTITION",
          "REORGANIZE PARTITION");

  private final GhostAlter alter;
  private final Findings findings;

  private SheetCheck(GhostAlter alter, Findings findings) {
    this.alter = alter;
    this.findings = findings;
  }

  /// `database` is the target's own.
  static void find(GhostAlter alter, String database, Findings findings) {
    var check = new SheetCheck(alter, findings);
    check.head(database);
    alter.statement().actions().forEach(check::action);
    check.droppedAndAdded();
  }

  private void head(String database) {
    if (!ALTER_TABLE.matcher(alter.head()).matches()) {
      findings.add(
          GhostCode.SPELLING,
          alter.tableSpan(),
          "gh-ost reads `ALTER TABLE name` and nothing between these words.",
          "Leave out IGNORE and ONLINE.");
    }
    if (alter.statement().ifExists()) {
      findings.add(
          GhostCode.SPELLING,
          alter.tableSpan(),
          "gh-ost takes IF for the name of the table.",
          "Leave out IF EXISTS.");
    }
    var written = alter.table().schema();
    if (written != null && !written.isEmpty() && !written.equals(database)) {
      findings.add(
          GhostCode.OTHER_DATABASE,
          alter.tableSpan(),
          "The sheet names %s, and the target is %s: gh-ost works in the target's database."
              .formatted(alter.table(), database),
          "Plan the change for the database %s.".formatted(written));
    }
  }

  private void action(TableAction action) {
    switch (action) {
      case TableAction.RenameTo(var name, var span) ->
          findings.add(
              GhostCode.RENAME_TABLE,
              span,
              """
              gh-ost refuses to rename the table to %s, or, where it does not see the RENAME, \
              renames its own copy and then fails.\
              """
                  .formatted(name),
              "Rename the table without gh-ost: that is done at once.");
      case TableAction.RedefineColumn redefined -> changed(redefined);
      case TableAction.RenameColumn(var from, var to, var span) ->
          findings.add(
              GhostCode.RENAME_COLUMN,
              span,
              """
              gh-ost does not see that %s becomes %s: it would copy every row without the values \
              of %s, and report success.\
              """
                  .formatted(from, to, from),
              "Rename the column without gh-ost: that is done at once.");
      case TableAction.AlterPartition partition -> partition(partition);
      case TableAction.AddConstraint(TableConstraint.ForeignKey key, var span) ->
          foreignKey(key.referencedTable().toString(), span);
      case TableAction.AddColumn(var column, _, var span) -> references(column, span);
      case TableAction.Other(var name, var span) -> other(name, span);
      case TableAction _ -> {}
    }
  }

  /// gh-ost compares the two names of CHANGE letter by letter.
  private void changed(TableAction.RedefineColumn redefined) {
    var source = alter.script().source();
    var start = redefined.definition().span().start();
    var before = Words.bare(source.slice(new Span(redefined.span().start(), start)));
    var from = Words.last(before);
    var to = Words.first(source.slice(redefined.definition().span()));
    if (before.strip().toUpperCase(Locale.ROOT).startsWith("CHANGE")
        && from != null
        && !from.equals(to)) {
      findings.add(
          GhostCode.CHANGE_RENAME,
          redefined.span(),
          "gh-ost refuses CHANGE %s %s, because it renames the column.".formatted(from, to),
          "Rename the column without gh-ost, and change its type in another sheet.");
    }
    references(redefined.definition(), redefined.span());
  }

  private void partition(TableAction.AlterPartition partition) {
    var action = partition.action();
    if (ON_FULL_TABLES.contains(action)) {
      findings.add(
          GhostCode.PARTITION,
          partition.span(),
          """
          gh-ost would do %s to its empty copy and then copy the rows: what it does to rows is \
          not done, or done to the wrong ones.\
          """
              .formatted(action),
          "Do it without gh-ost: partitions are dropped, emptied and exchanged at once.");
    } else if (action.equals("PARTITION BY") && leavesRowsOut(partition.span())) {
      findings.add(
          GhostCode.ROWS_LOST_PARTITION,
          partition.span(),
          """
          gh-ost copies with INSERT IGNORE and would not tell: rows that no partition takes would \
          be left out.\
          """,
          "Add a partition that takes all others (VALUES LESS THAN MAXVALUE).");
    }
  }

  private boolean leavesRowsOut(Span span) {
    var text = Words.bare(alter.script().source().slice(span)).toUpperCase(Locale.ROOT);
    var listed = text.matches("(?s).*\\b(RANGE|LIST)\\b.*");
    return listed && !text.contains("MAXVALUE") && !text.matches("(?s).*\\bDEFAULT\\b.*");
  }

  /// MySQL reads REFERENCES behind a column and forgets it, before 9.0.
  private void references(ColumnDefinition column, Span span) {
    var version = alter.script().version();
    if (version.engine() == Engine.MYSQL && !version.isAtLeast(9)) {
      return;
    }
    for (var constraint : column.constraints()) {
      if (constraint instanceof ColumnConstraint.References references) {
        foreignKey(references.table().toString(), span);
      }
    }
  }

  private void foreignKey(String parent, Span span) {
    findings.add(
        GhostCode.ADD_FOREIGN_KEY,
        span,
        """
        gh-ost copies with INSERT IGNORE: rows without a partner in %s would be left out silently, \
        and afterwards gh-ost refuses the table, because it has a foreign key.\
        """
            .formatted(parent),
        "Add the foreign key without gh-ost.");
  }

  private void other(String name, Span span) {
    if (name.equals("DISCARD TABLESPACE") || name.equals("IMPORT TABLESPACE")) {
      findings.add(
          GhostCode.TABLESPACE,
          span,
          "gh-ost would do %s to its empty copy.".formatted(name),
          "Do it without gh-ost.");
    }
  }

  private void droppedAndAdded() {
    var dropped = new HashSet<String>();
    for (var action : alter.statement().actions()) {
      if (action instanceof TableAction.DropColumn(var column, _, _, _)) {
        dropped.add(column);
      }
    }
    for (var action : alter.statement().actions()) {
      if (action instanceof TableAction.AddColumn(var column, _, var span)
          && dropped.contains(column.name())) {
        findings.add(
            GhostCode.DROP_ADD_COLUMN,
            span,
            "The values of %s would be lost: it is dropped and added anew."
                .formatted(column.name()),
            "Change the column with MODIFY, or drop it in a sheet of its own.");
      }
    }
  }

  /// More sheets than this one run on the target.
  static void earlier(int sheets, Findings findings) {
    if (sheets > 0) {
      findings.add(
          GhostCode.EARLIER_SHEETS,
          null,
          "%s of the plan on this database before this one."
              .formatted(sheets == 1 ? "One sheet runs" : sheets + " sheets run"),
          "What they change is not looked at here: check again when they have run.");
    }
  }
}
