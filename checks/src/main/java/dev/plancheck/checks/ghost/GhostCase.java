// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.ghost;

import dev.plancheck.checks.ghost.GhostFacts.Relation.Base;
import dev.plancheck.engine.sql.TableAction;
import dev.plancheck.engine.text.Span;
import java.util.List;
import java.util.SortedMap;
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
    SortedMap<String, Answer<Boolean>> rows,
    @Nullable Trial trial,
    Findings findings) {

  GhostCase withShape(Shape changed) {
    return new GhostCase(alter, flags, server, table, alike, views, changed, rows, trial, findings);
  }

  List<TableAction> actions() {
    return alter.statement().actions();
  }

  void find(GhostCode code, @Nullable Span at, String what, String remedy) {
    findings.add(code, at, what, remedy);
  }

  /// What is lost only if the data is so, which a question can tell.
  void lose(GhostCode code, @Nullable Span at, String what, Question question) {
    var sentence = "gh-ost copies with INSERT IGNORE and would not tell: " + what;
    if (!question.ours() && leavesRowsOut(code) && TrialCheck.wasWhole(trial)) {
      find(
          GhostCode.NO_SUCH_ROW,
          at,
          sentence,
          """
          The whole table was copied so, and no row was left out; what is written until gh-ost has \
          ended is not known.\
          """);
      return;
    }
    if (question.sql().isEmpty()) {
      find(code, at, sentence, "Look at the data before, or change the table without gh-ost.");
      return;
    }
    if (question.ours()) {
      findings.ask(question.sql());
    }
    var ask =
        "Whether there is any such row is not looked at here: ask `%s`, which must find nothing."
            .formatted(question.sql());
    switch (question.ours() ? rows.get(question.sql()) : null) {
      case null -> find(code, at, sentence, ask);
      case Answer.Untold(var reason) -> find(code, at, sentence, ask + " " + reason + ".");
      case Answer.Told(var found) when found ->
          find(code, at, sentence, "There is such a row: `%s` finds it.".formatted(question.sql()));
      case Answer.Told(_) ->
          find(
              GhostCode.NO_SUCH_ROW,
              at,
              sentence,
              """
              No such row was found (`%s`); what is written until gh-ost has ended is not known.\
              """
                  .formatted(question.sql()));
    }
  }

  /// Such losses show by the number of rows alone; a value may change without a warning.
  private static boolean leavesRowsOut(GhostCode code) {
    return code == GhostCode.ROWS_LOST_UNIQUE || code == GhostCode.ROWS_LOST_CHECK;
  }

  /// `SELECT ... LIMIT 1`, one row that meets a condition.
  String oneRow(String columns, String condition) {
    return "SELECT %s FROM %s WHERE %s LIMIT 1"
        .formatted(columns, Words.quoted(table.name()), condition);
  }
}
