// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.dialect.postgresql;

import dev.plancheck.engine.dialect.Comment;
import dev.plancheck.engine.text.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Cuts a script into statements the way psql and the server do, in one pass.
///
/// A semicolon ends a statement, but not within the body of an SQL function (`BEGIN ATOMIC ...
/// END`) or the brackets of CREATE RULE. Rows behind `COPY ... FROM STDIN;` up to the line `\.`
/// belong to COPY and are skipped. A backslash begins a psql command that reaches to the end of its
/// line.
final class Splitter {
  /// psql commands that send the statement before them, as a semicolon would.
  private static final Set<String> SENDING =
      Set.of("\\g", "\\gx", "\\gset", "\\gexec", "\\gdesc", "\\watch", "\\crosstabview", "\\;");

  private final String text;
  private final Scanner scanner;
  private final StandardStrings strings;
  private final List<Piece> pieces = new ArrayList<>();
  private final List<Comment> comments = new ArrayList<>();
  private StatementState state = new StatementState();

  private Splitter(String text) {
    this.text = text;
    this.strings = StandardStrings.of(text);
    this.scanner = new Scanner(text, text.startsWith("\ufeff") ? 1 : 0, text.length());
  }

  record Result(List<Piece> pieces, List<Comment> comments) {}

  static Result split(String text) {
    var splitter = new Splitter(text);
    splitter.run();
    return new Result(splitter.pieces, splitter.comments);
  }

  private void run() {
    while (scanner.next() != Scanner.Kind.END) {
      if (!scanner.terminated()) {
        unterminated();
      } else if (scanner.kind() == Scanner.Kind.COMMENT) {
        comments.add(comment());
      } else if (scanner.isSymbol(';') && state.endsAtSemicolon()) {
        var data = state.readsData();
        finish();
        if (data) {
          skipData();
        }
      } else if (scanner.isSymbol('\\')) {
        meta();
      } else if (strings.mode() != StandardStrings.Mode.ON && scanner.isPlainWithBackslash()) {
        backslash();
      } else {
        state.add(scanner);
      }
    }
    finish();
  }

  private void finish() {
    if (!state.isEmpty()) {
      var span = state.span();
      pieces.add(piece(span));
      strings.after(span);
      scanner.escapesInPlainStrings(strings.mode() == StandardStrings.Mode.OFF);
    }
    state = new StatementState();
  }

  private Piece piece(Span span) {
    if (!state.mixed.isEmpty()) {
      return new Piece.Mixed(span, state.mixed);
    }
    return state.escaped ? new Piece.Escaped(span) : new Piece.Sql(span, state.deepest);
  }

  private void backslash() {
    state.add(scanner);
    if (strings.mode() == StandardStrings.Mode.OFF) {
      state.escaped = true;
    } else {
      var from = state.span().start();
      pieces.add(new Piece.Uncertain(new Span(from, trimmedEnd(from))));
      state = new StatementState();
      scanner.moveTo(text.length());
    }
  }

  private Comment comment() {
    var start = scanner.start();
    var end = scanner.end();
    var block = text.charAt(start) == '/';
    return new Comment(new Span(start, end), text.substring(start + 2, block ? end - 2 : end));
  }

  private void unterminated() {
    var start = scanner.start();
    var what =
        switch (scanner.kind()) {
          case COMMENT -> "unterminated /* comment";
          case QUOTED_NAME -> "unterminated quoted identifier";
          case DOLLAR_STRING -> "unterminated dollar-quoted string";
          case STRING, ESCAPE_STRING, WORD, NUMBER, PARAMETER, SYMBOL, END ->
              "unterminated quoted string";
        };
    var from = state.isEmpty() ? start : state.span().start();
    var at = new Span(start, openerEnd(start));
    pieces.add(new Piece.Unterminated(new Span(from, trimmedEnd(start)), what, at));
    state = new StatementState();
  }

  /// Behind what opens the quote or comment at `start`.
  private int openerEnd(int start) {
    return switch (scanner.kind()) {
      case COMMENT -> start + 2;
      case DOLLAR_STRING -> text.indexOf('$', start + 1) + 1;
      case STRING, ESCAPE_STRING -> text.indexOf('\'', start) + 1;
      case QUOTED_NAME -> text.indexOf('"', start) + 1;
      case WORD, NUMBER, PARAMETER, SYMBOL, END -> start + 1;
    };
  }

  private int trimmedEnd(int atLeast) {
    var end = text.length();
    while (end > atLeast + 1 && Characters.isSpace(text.charAt(end - 1))) {
      end--;
    }
    return end;
  }

  /// On a backslash: a psql command of its own, one that sends the statement before it, or one in
  /// the middle of a statement.
  private void meta() {
    var start = scanner.start();
    var name = metaName(start);
    if (!state.isEmpty() && !SENDING.contains(name)) {
      state.mixed = name;
      scanner.moveTo(lineEnd(start));
      return;
    }
    finish();
    if (name.equals("\\;")) {
      scanner.moveTo(start + 2);
      return;
    }
    var end = lineEnd(start);
    var last = end;
    while (last > start + 1 && Characters.isSpace(text.charAt(last - 1))) {
      last--;
    }
    pieces.add(new Piece.Meta(new Span(start, last), name));
    scanner.moveTo(end);
    if (name.equals("\\copy") && readsStandardInput(text.substring(start, last))) {
      skipData();
    }
  }

  private String metaName(int start) {
    var end = start + 1;
    while (end < text.length() && Character.isLetter(text.charAt(end))) {
      end++;
    }
    return text.substring(start, Math.max(end, Math.min(start + 2, text.length())))
        .toLowerCase(Locale.ROOT)
        .strip();
  }

  private static boolean readsStandardInput(String copy) {
    return copy.toLowerCase(Locale.ROOT).matches("(?s).*\\sfrom\\s+stdin\\b.*");
  }

  /// At the first character that ends the line: `\n`, `\r\n` or `\r`.
  private int lineEnd(int from) {
    var end = from;
    while (end < text.length() && !Characters.isLineEnd(text.charAt(end))) {
      end++;
    }
    return end;
  }

  private int nextLine(int lineEnd) {
    return lineEnd + (text.startsWith("\r\n", lineEnd) ? 2 : 1);
  }

  /// Rows begin on the next line and end before the line `\.`.
  private void skipData() {
    var first = nextLine(lineEnd(scanner.end()));
    for (var line = first; line < text.length(); ) {
      var end = lineEnd(line);
      if (text.startsWith("\\.", line) && text.substring(line, end).strip().equals("\\.")) {
        scanner.moveTo(end);
        return;
      }
      line = nextLine(end);
    }
    if (first < text.length() && !text.substring(first).isBlank()) {
      pieces.add(new Piece.OpenData(new Span(first, trimmedEnd(first))));
    }
    scanner.moveTo(text.length());
  }
}
