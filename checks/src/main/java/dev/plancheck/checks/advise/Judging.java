// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.advise;

import dev.plancheck.checks.advise.SyntaxJudge.Judgement;
import dev.plancheck.engine.dialect.Script;
import dev.plancheck.engine.dialect.ScriptStatement;
import dev.plancheck.engine.sql.Statement;
import dev.plancheck.engine.text.Span;
import java.util.ArrayList;
import java.util.List;

/// Asks a judge about a script with as few questions as possible: many statements in one text
/// first, and a statement by itself once that text is refused or not judged.
///
/// The judge's parser stops at the first error, so all before it is accepted. What is no plain SQL
/// is left out; whatever a judge cannot say stays as the grammar left it.
final class Judging {
  /// Judges refuse to look at texts above some size, and it hides many statements at once.
  private static final int MOST_TOGETHER = 64 * 1024;

  /// A script full of errors is not worth a question for each; the rest stays as it is.
  private static final int MOST_QUESTIONS = 500;

  private static final String SEPARATOR = ";\n";

  private final SyntaxJudge judge;

  Judging(SyntaxJudge judge) {
    this.judge = judge;
  }

  Script judge(Script script) {
    return new Session(script).judged();
  }

  /// The questions about one script.
  private final class Session {
    private final Script script;
    private final List<ScriptStatement> statements;
    private int questions;
    private boolean over;

    Session(Script script) {
      this.script = script;
      this.statements = new ArrayList<>(script.statements());
    }

    Script judged() {
      var group = new ArrayList<ScriptStatement>();
      var size = 0;
      for (var statement : script.statements()) {
        if (!statement.plain()) {
          continue;
        }
        if (!group.isEmpty() && size + statement.span().length() > MOST_TOGETHER) {
          together(group);
          group.clear();
          size = 0;
        }
        group.add(statement);
        size += statement.span().length() + SEPARATOR.length();
      }
      together(group);
      return script.withStatements(statements);
    }

    private void together(List<ScriptStatement> group) {
      var left = List.copyOf(group);
      while (left.size() > 1 && !over) {
        var answer = ask(joined(left));
        switch (answer) {
          case Judgement.Accepted _ -> {
            left.forEach(this::accept);
            return;
          }
          case Judgement.Refused(_, var offset) -> {
            var refused = indexAt(left, offset);
            left.subList(0, refused).forEach(this::accept);
            alone(left.get(refused));
            left = left.subList(refused + 1, left.size());
          }
          case Judgement.NotJudged _ -> {
            together(left.subList(0, left.size() / 2));
            left = left.subList(left.size() / 2, left.size());
          }
          case Judgement.Unavailable _ -> {
            return;
          }
        }
      }
      left.forEach(this::alone);
    }

    private void alone(ScriptStatement statement) {
      if (over) {
        return;
      }
      switch (ask(text(statement))) {
        case Judgement.Accepted _ -> accept(statement);
        case Judgement.Refused(var message, var offset) -> refuse(statement, message, offset);
        case Judgement.NotJudged _, Judgement.Unavailable _ -> {}
      }
    }

    private Judgement ask(String text) {
      questions++;
      var answer = judge.judge(text);
      over = questions >= MOST_QUESTIONS || answer instanceof Judgement.Unavailable;
      return answer;
    }

    private void accept(ScriptStatement statement) {
      if (statement.statement() instanceof Statement.Rejected) {
        replace(
            statement,
            new Statement.NotAnalysed(
                "%s accepts it, but plancheck's grammar does not know it".formatted(judge.name())));
      }
    }

    private void refuse(ScriptStatement statement, String message, int offset) {
      var at = place(text(statement), offset).shift(statement.span().start());
      replace(statement, new Statement.Invalid(message, at, judge.name()));
    }

    private void replace(ScriptStatement statement, Statement judged) {
      statements.set(statement.index(), statement.withStatement(judged));
    }

    private String joined(List<ScriptStatement> group) {
      return String.join(SEPARATOR, group.stream().map(this::text).toList());
    }

    /// The statement whose text, with the separator behind it, holds the offset.
    private int indexAt(List<ScriptStatement> group, int offset) {
      var end = 0;
      for (var index = 0; index < group.size(); index++) {
        end += group.get(index).span().length() + SEPARATOR.length();
        if (offset < end) {
          return index;
        }
      }
      return group.size() - 1;
    }

    private String text(ScriptStatement statement) {
      return script.source().slice(statement.span());
    }
  }

  /// The word or character at the offset, or the last one when the error is at the end.
  private static Span place(String text, int offset) {
    if (offset >= text.length()) {
      var last = text.isEmpty() ? 0 : text.offsetByCodePoints(text.length(), -1);
      return new Span(last, text.length());
    }
    var end = offset;
    while (end < text.length() && Character.isUnicodeIdentifierPart(text.codePointAt(end))) {
      end += Character.charCount(text.codePointAt(end));
    }
    return new Span(
        offset, end > offset ? end : offset + Character.charCount(text.codePointAt(offset)));
  }
}
