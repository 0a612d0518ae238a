// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.dialect.mysql;

import dev.plancheck.engine.dialect.mysql.Token.Kind;
import dev.plancheck.engine.text.Span;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// What the grammars see of a statement: its tokens with a blank where there was something between
/// them, and so without comments and without the marks of those that the server runs.
///
/// Strings stand between single quotes and hold nothing but letters, names nothing that a lexer
/// trips over: what they say is none of the grammar's business. The length of each token stays, but
/// of those for which something else is shown.
final class ParseText {
  private final String text;
  private final List<Token> tokens;
  private final int[] starts;

  private ParseText(String text, List<Token> tokens, int[] starts) {
    this.text = text;
    this.tokens = tokens;
    this.starts = starts;
  }

  static ParseText of(String script, List<Token> tokens) {
    return of(script, tokens, Map.of());
  }

  /// `instead` has the texts that stand for tokens, by their number; an empty one for none at all.
  static ParseText of(String script, List<Token> tokens, Map<Integer, String> instead) {
    var text = new StringBuilder();
    var shown = new ArrayList<Token>();
    var starts = new int[tokens.size()];
    for (var at = 0; at < tokens.size(); at++) {
      var token = tokens.get(at);
      var other = instead.get(at);
      if (at > 0 && (tokens.get(at - 1).end() < token.start() || instead.containsKey(at - 1))) {
        text.append(' ');
      }
      if (other != null && other.isEmpty()) {
        continue;
      }
      text.append(other == null ? "" : " ");
      starts[shown.size()] = text.length();
      shown.add(token);
      if (other == null) {
        append(text, script, token, at > 0 ? tokens.get(at - 1) : token);
      } else {
        text.append(other).append(' ');
      }
    }
    return new ParseText(text.toString(), shown, Arrays.copyOf(starts, shown.size()));
  }

  String text() {
    return text;
  }

  /// The place in the script of what stands between two offsets of the text.
  Span original(int from, int to) {
    var start = original(from);
    var last = Math.max(from, to - 1);
    // What stands for a token may be longer than it.
    var end = last >= text.length() ? original(last) + 1 : Math.min(original(last) + 1, end(last));
    return new Span(start, Math.max(start, end));
  }

  private int end(int offset) {
    return tokens.isEmpty() ? 0 : tokens.get(index(offset)).end();
  }

  private int index(int offset) {
    var found = Arrays.binarySearch(starts, offset);
    return found >= 0 ? found : Math.max(0, -found - 2);
  }

  /// The place in the script of an offset of the text; behind its end the end of the statement.
  int original(int offset) {
    if (tokens.isEmpty() || offset >= text.length()) {
      return tokens.isEmpty() ? 0 : tokens.getLast().end();
    }
    var index = index(offset);
    var token = tokens.get(index);
    return Math.min(token.start() + offset - starts[index], token.end());
  }

  private static void append(StringBuilder text, String script, Token token, Token before) {
    switch (token.kind()) {
      case STRING -> string(text, script, token, before);
      case QUOTED_NAME -> {
        text.append('`');
        names(text, script, token.start() + 1, token.end() - 1);
        text.append('`');
      }
      case WORD -> {
        var from = text.length();
        names(text, script, token.start(), token.end());
        plainStart(text, from, script.startsWith("'", token.end()));
      }
      case NUMBER, VARIABLE, SYMBOL, COMMENT, VERSION_OPEN, VERSION_CLOSE, DELIMITER, END ->
          text.append(script, token.start(), token.end());
    }
  }

  /// Bits and bytes, `x'1f'`, are kept: their form is checked.
  private static void string(StringBuilder text, String script, Token token, Token before) {
    var coded = before.kind() == Kind.WORD && before.end() == token.start();
    text.append('\'');
    if (coded) {
      text.append(script, token.start() + 1, token.end() - 1);
    } else {
      text.repeat('x', token.end() - token.start() - 2);
    }
    text.append('\'');
  }

  /// Halves of a character outside of the basic plane, and quotes within a name, are no letters.
  private static void names(StringBuilder text, String script, int from, int to) {
    for (var at = from; at < to; at++) {
      var c = script.charAt(at);
      text.append(Character.isSurrogate(c) || c == '`' ? 'x' : c);
    }
  }

  /// A name that begins with digits is one to the server, and to the grammars mostly not; the
  /// letter before bits and bytes is only known to them in lower case.
  private static void plainStart(StringBuilder text, int at, boolean prefix) {
    if (Characters.isDigit(text.charAt(at))) {
      text.setCharAt(at, '_');
    } else if (prefix && text.length() == at + 1) {
      text.setCharAt(at, Character.toLowerCase(text.charAt(at)));
    }
  }
}
