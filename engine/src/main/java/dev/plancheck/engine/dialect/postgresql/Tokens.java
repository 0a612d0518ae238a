// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.dialect.postgresql;

import dev.plancheck.engine.sql.ObjectName;
import dev.plancheck.engine.text.Span;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The tokens of one statement without its comments, read from left to right by whoever knows what
/// may come next. Whatever is not there is simply not taken.
final class Tokens {
  private record Token(Scanner.Kind kind, int start, int end) {}

  private final String script;
  private final List<Token> tokens = new ArrayList<>();
  private int next;

  Tokens(String script, Span statement) {
    this.script = script;
    var scanner = new Scanner(script, statement.start(), statement.end());
    while (scanner.next() != Scanner.Kind.END) {
      if (scanner.kind() != Scanner.Kind.COMMENT) {
        tokens.add(new Token(scanner.kind(), scanner.start(), scanner.end()));
      }
    }
  }

  boolean atEnd() {
    return next == tokens.size();
  }

  /// Where the next token begins; not to be asked at the end.
  int start() {
    return tokens.get(next).start();
  }

  /// Where the token before the next one ends; not to be asked at the beginning.
  int endBefore() {
    return tokens.get(next - 1).end();
  }

  void skip() {
    next++;
  }

  /// Takes all of these words, or nothing.
  boolean take(String... words) {
    if (next + words.length > tokens.size()) {
      return false;
    }
    for (var at = 0; at < words.length; at++) {
      if (!isWord(tokens.get(next + at), words[at])) {
        return false;
      }
    }
    next += words.length;
    return true;
  }

  boolean at(String word) {
    return !atEnd() && isWord(tokens.get(next), word);
  }

  boolean symbol(char symbol) {
    if (!isSymbol(symbol)) {
      return false;
    }
    next++;
    return true;
  }

  boolean isSymbol(char symbol) {
    return !atEnd()
        && tokens.get(next).kind() == Scanner.Kind.SYMBOL
        && script.charAt(tokens.get(next).start()) == symbol;
  }

  boolean is(Scanner.Kind kind) {
    return !atEnd() && tokens.get(next).kind() == kind;
  }

  boolean takeAny(Scanner.Kind kind) {
    if (!is(kind)) {
      return false;
    }
    next++;
    return true;
  }

  /// The text of the next token, which is taken.
  String text() {
    var token = tokens.get(next++);
    return script.substring(token.start(), token.end());
  }

  /// A name of one part, taken, or null.
  @Nullable String name() {
    return is(Scanner.Kind.WORD) || is(Scanner.Kind.QUOTED_NAME) ? Names.fold(text()) : null;
  }

  /// `[schema.]name`, taken, or null.
  @Nullable ObjectName object() {
    var first = name();
    if (first == null || !symbol('.')) {
      return first == null ? null : ObjectName.of(first);
    }
    var second = name();
    return second == null ? null : ObjectName.of(first, second);
  }

  /// A string's value, taken, or null.
  @Nullable String string() {
    return is(Scanner.Kind.STRING) || is(Scanner.Kind.ESCAPE_STRING)
        ? Literals.value(text())
        : null;
  }

  /// Takes a stretch in round brackets, if one begins here; false if it does not end.
  boolean brackets() {
    if (!isSymbol('(')) {
      return true;
    }
    var depth = 0;
    while (!atEnd()) {
      depth += isSymbol('(') ? 1 : isSymbol(')') ? -1 : 0;
      next++;
      if (depth == 0) {
        return true;
      }
    }
    return false;
  }

  /// Whether brackets begin here and another pair follows them.
  boolean bracketsAfterThese() {
    var from = next;
    var follow = isSymbol('(') && brackets() && isSymbol('(');
    next = from;
    return follow;
  }

  private boolean isWord(Token token, String word) {
    return token.kind() == Scanner.Kind.WORD
        && token.end() - token.start() == word.length()
        && script.regionMatches(true, token.start(), word, 0, word.length());
  }
}
