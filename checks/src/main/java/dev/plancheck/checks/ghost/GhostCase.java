// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.ghost;

import dev.plancheck.checks.ghost.GhostFacts.Relation.Base;
import dev.plancheck.engine.sql.TableAction;
import dev.plancheck.engine.text.Span;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One ALTER TABLE on one table of one server, with what is found of it.
record GhostCase(
    GhostAlter alter,
    GhostFlags flags,
    GhostFacts.Server server,
    Base table,
    List<String> alike,
    List<String> views,
    Shape shape,
    Findings findings) {

  List<TableAction> actions() {
    return alter.statement().actions();
  }

  void find(GhostCode code, @Nullable Span at, String what, String remedy) {
    findings.add(code, at, what, remedy);
  }

  /// What is lost only if the data is so: `query` finds one such row, or is empty where none can be
  /// given.
  void lose(GhostCode code, @Nullable Span at, String what, String query) {
    find(
        code,
        at,
        "gh-ost copies with INSERT IGNORE and would not tell: " + what,
        query.isEmpty()
            ? "Look at the data before, or change the table without gh-ost."
            : "Whether there is any such row is not looked at here: ask `%s`, which must find nothing."
                .formatted(query));
  }

  /// `SELECT ... LIMIT 1`, one row that meets a condition.
  String oneRow(String columns, String condition) {
    return "SELECT %s FROM %s WHERE %s LIMIT 1"
        .formatted(columns, Words.quoted(table.name()), condition);
  }
}
