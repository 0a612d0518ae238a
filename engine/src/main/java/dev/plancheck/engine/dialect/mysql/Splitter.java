// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.dialect.mysql;

import dev.plancheck.engine.dialect.Comment;
import dev.plancheck.engine.dialect.mysql.Token.Kind;
import dev.plancheck.engine.text.Span;
import java.util.ArrayList;
import java.util.List;

/// Cuts a script into statements the way the `mysql` client does, in one pass.
///
/// A semicolon ends a statement, or what DELIMITER has put in its place; `\g` and `\G` do too.
/// Without DELIMITER, semicolons between the BEGIN and END of a routine do not. Comments whose
/// content the server runs are part of the statement.
final class Splitter {
  private final String text;
  private final Scanner scanner;
  private final List<Piece> pieces = new ArrayList<>();
  private final List<Comment> comments = new ArrayList<>();
  private StatementState state = new StatementState();
  private boolean semicolons = true;

  private Splitter(String text, Flavour flavour) {
    this.text = text;
    this.scanner = new Scanner(text, text.startsWith("\ufeff") ? 1 : 0, text.length(), flavour);
  }

  record Result(List<Piece> pieces, List<Comment> comments) {}

  static Result split(String text, Flavour flavour) {
    var splitter = new Splitter(text, flavour);
    splitter.run();
    return new Result(splitter.pieces, splitter.comments);
  }

  private void run() {
    while (scanner.next() != Kind.END) {
      if (!scanner.terminated()) {
        unterminated();
      } else if (scanner.kind() == Kind.COMMENT) {
        comments.add(comment());
      } else if (scanner.kind() == Kind.DELIMITER) {
        delimiter();
      } else if (scanner.isSymbol('\\') && sends()) {
        finish();
      } else if (state.isEmpty() && scanner.isWord("DELIMITER")) {
        changeDelimiter();
      } else {
        state.add(scanner);
      }
    }
    finish();
  }

  private void delimiter() {
    if (semicolons && !state.endsAtSemicolon()) {
      state.add(scanner);
    } else {
      finish();
    }
  }

  /// `\g` and `\G`, which the client takes for a delimiter.
  private boolean sends() {
    if (!text.startsWith("g", scanner.end()) && !text.startsWith("G", scanner.end())) {
      return false;
    }
    scanner.moveTo(scanner.end() + 1);
    return true;
  }

  private void finish() {
    if (!state.isEmpty() && !state.holdsNoStatement()) {
      var span = state.span();
      pieces.add(state.piece(scanner.mode()));
      scanner.mode(scanner.mode().after(text.substring(span.start(), span.end())));
    }
    state = new StatementState();
  }

  private Comment comment() {
    var start = scanner.start();
    var end = scanner.end();
    var block = text.charAt(start) == '/';
    var from = text.charAt(start) == '#' ? start + 1 : start + 2;
    return new Comment(new Span(start, end), text.substring(from, block ? end - 2 : end));
  }

  private void unterminated() {
    var start = scanner.start();
    var what =
        switch (scanner.kind()) {
          case COMMENT -> "unterminated /* comment";
          case QUOTED_NAME, VARIABLE -> "unterminated quoted identifier";
          case STRING, WORD, NUMBER, SYMBOL, VERSION_OPEN, VERSION_CLOSE, DELIMITER, END ->
              "unterminated quoted string";
        };
    refused(what, new Span(start, Math.min(start + 1, text.length())));
    scanner.moveTo(text.length());
  }

  private void refused(String what, Span at) {
    var from = state.isEmpty() ? at.start() : state.span().start();
    var end = text.length();
    while (end > at.end() && Characters.isSpace(text.charAt(end - 1))) {
      end--;
    }
    pieces.add(new Piece(new Span(from, end), List.of(), 0, 0, what, at, scanner.mode()));
    state = new StatementState();
  }

  /// The first word behind DELIMITER on its line; the rest of the line is left aside.
  private void changeDelimiter() {
    var from = scanner.start();
    var end = scanner.end();
    var line = lineEnd(end);
    while (end < line && Characters.isSpace(text.charAt(end))) {
      end++;
    }
    var wanted = end;
    while (end < line && !Characters.isSpace(text.charAt(end))) {
      end++;
    }
    if (wanted == end) {
      var at = new Span(from, scanner.end());
      pieces.add(
          new Piece(at, List.of(), 0, 0, "DELIMITER without a delimiter", at, scanner.mode()));
    } else {
      var delimiter = text.substring(wanted, end);
      scanner.delimiter(delimiter);
      semicolons = delimiter.equals(";");
    }
    scanner.moveTo(line);
  }

  private int lineEnd(int from) {
    var end = text.indexOf('\n', from);
    return end < 0 ? text.length() : end;
  }
}
