// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.dialect.mysql;

import dev.plancheck.engine.dialect.mysql.Token.Kind;
import dev.plancheck.engine.text.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// What [Splitter] remembers of the statement that it is in.
final class StatementState {
  /// A longer statement is not analysed, so that its tokens need not be kept.
  private static final int MOST_TOKENS = 300_000;

  private static final Set<String> OPENING = Set.of("CASE", "BEGIN", "LOOP", "WHILE", "REPEAT");
  private static final Set<String> PREFIXES = Set.of("NOT", "BINARY", "INTERVAL");

  private final List<Token> tokens = new ArrayList<>();
  private final RowCutter rows = new RowCutter();
  private final Body body = new Body();
  private int start = -1;
  private int end;
  private int brackets;
  private int blocks;
  private int prefixes;
  private int deepest;

  boolean isEmpty() {
    return start < 0;
  }

  /// Behind nothing but the beginning of a comment that the server runs.
  boolean holdsNoStatement() {
    return tokens.stream().allMatch(t -> isMark(t.kind()));
  }

  boolean endsAtSemicolon() {
    return !body.isOpen();
  }

  void add(Scanner scanner) {
    if (start < 0) {
      start = scanner.start();
    }
    end = scanner.end();
    if (isMark(scanner.kind())) {
      return;
    }
    nest(scanner);
    body.add(scanner);
    if (rows.keeps(scanner, brackets) && tokens.size() < MOST_TOKENS) {
      tokens.add(scanner.token());
    }
  }

  /// What makes a parser call itself: brackets, CASE and other blocks, and signs or NOT in a row.
  private void nest(Scanner scanner) {
    if (scanner.isSymbol('(')) {
      brackets++;
    } else if (scanner.isSymbol(')')) {
      brackets--;
    } else if (scanner.kind() == Kind.WORD) {
      blocks += OPENING.contains(scanner.upperWord()) ? 1 : 0;
      blocks -= blocks > 0 && scanner.isWord("END") ? 1 : 0;
    }
    prefixes = isPrefix(scanner) ? prefixes + 1 : 0;
    deepest = Math.max(deepest, brackets + blocks + prefixes);
  }

  private static boolean isPrefix(Scanner scanner) {
    return scanner.kind() == Kind.SYMBOL
        ? !scanner.isSymbol('(') && !scanner.isSymbol(')') && !scanner.isSymbol(',')
        : scanner.kind() == Kind.WORD && PREFIXES.contains(scanner.upperWord());
  }

  Span span() {
    return new Span(start, end);
  }

  Piece piece(SqlMode mode) {
    var cut = rows.cut(tokens);
    return new Piece(span(), tokens, deepest, cut, null, null, mode);
  }

  private static boolean isMark(Kind kind) {
    return kind == Kind.VERSION_OPEN || kind == Kind.VERSION_CLOSE;
  }
}
