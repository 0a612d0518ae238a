// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.ghost;

import dev.plancheck.checks.run.NotPerformedException;
import dev.plancheck.engine.dialect.Script;
import dev.plancheck.engine.sql.ObjectKind;
import dev.plancheck.engine.sql.ObjectName;
import dev.plancheck.engine.sql.Statement;
import dev.plancheck.engine.sql.Statement.AlterTable;
import dev.plancheck.engine.text.Span;
import java.util.Optional;
import java.util.regex.Pattern;

/// The one ALTER TABLE that a sheet may be for gh-ost, with its place.
record GhostAlter(Script script, AlterTable statement, Span span) {
  private static final Pattern RENAME =
      Pattern.compile("(?is)\\s*ALTER\\s+TABLE\\s+\\S+\\s+RENAME\\s*=.*");

  /// Empty if the sheet is anything else.
  static Optional<GhostAlter> of(Script script) {
    if (script.statements().size() != 1) {
      return Optional.empty();
    }
    var only = script.statements().getFirst();
    return only.statement() instanceof AlterTable alter && alter.kind() == ObjectKind.TABLE
        ? Optional.of(new GhostAlter(script, alter, only.span()))
        : Optional.empty();
  }

  ObjectName table() {
    return statement.table();
  }

  Span tableSpan() {
    return new Span(span.start(), firstAction());
  }

  private int firstAction() {
    return statement.actions().stream()
        .mapToInt(action -> action.span().start())
        .min()
        .orElse(span.end());
  }

  /// What is written from ALTER to the first action, comments and strings blanked.
  String head() {
    return Words.bare(script.source().slice(tableSpan()));
  }

  /// Why a sheet is no ALTER TABLE for gh-ost. Throws [NotPerformedException] if it cannot be told.
  static void refuse(Script script, Findings findings) throws NotPerformedException {
    if (script.statements().size() != 1) {
      var second = script.statements().size() > 1 ? script.statements().get(1).span() : null;
      findings.add(
          GhostCode.ONE_ALTER_TABLE,
          second,
          "The sheet has %d statements; gh-ost runs one ALTER TABLE."
              .formatted(script.statements().size()),
          "Put the ALTER TABLE into a sheet of its own, and the rest into specs without gh-ost.");
      return;
    }
    var only = script.statements().getFirst();
    switch (only.statement()) {
      case Statement.Invalid(var message, var at, var judge) ->
          findings.add(
              GhostCode.SYNTAX, at, "%s (refused by %s).".formatted(message, judge), "Correct it.");
      case Statement.Rejected(var message, var at) -> rejected(script, message, at, findings);
      case Statement.NotAnalysed(var reason) ->
          throw new NotPerformedException(
              "the statement is not analysed, so that nobody knows what gh-ost would do: "
                  + reason);
      case Statement _ ->
          findings.add(
              GhostCode.ONE_ALTER_TABLE,
              only.span(),
              "The statement is no ALTER TABLE, and gh-ost runs nothing else.",
              "Turn gh-ost off in this spec.");
    }
  }

  /// The grammar does not know every spelling that the servers do.
  private static void rejected(Script script, String message, Span at, Findings findings)
      throws NotPerformedException {
    if (!RENAME.matcher(Words.bare(script.source().text())).matches()) {
      throw new NotPerformedException(
          "the statement could not be parsed, so that nobody knows what gh-ost would do: "
              + message);
    }
    findings.add(
        GhostCode.RENAME_TABLE,
        at,
        "gh-ost does not see this RENAME: it renames its own copy and then fails.",
        "Rename the table without gh-ost: that is done at once.");
  }
}
