// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.dialect.postgresql;

/// Finds tokens as PostgreSQL's own lexer does, as far as their borders are concerned: strings of
/// every kind, quoted names, nested comments, dollar quotes. A cursor over a stretch of a text:
/// [#next] moves on, the accessors tell what it stands on. Linear, and never throws.
final class Scanner {
  enum Kind {
    /// An unquoted name or a keyword.
    WORD,
    /// `"name"` or `U&"name"`.
    QUOTED_NAME,
    /// Any string between single quotes, its prefix included.
    STRING,
    /// The same with backslash escapes: `E'...'`.
    ESCAPE_STRING,
    DOLLAR_STRING,
    NUMBER,
    /// `$1`.
    PARAMETER,
    /// One character that is none of the others, an operator's included.
    SYMBOL,
    COMMENT,
    END
  }

  private final String text;
  private final int limit;
  private int position;
  private Kind kind = Kind.END;
  private int start;
  private boolean terminated = true;

  /// Whether a backslash in a plain string escapes what follows it.
  private boolean plainEscapes;

  /// Behind an escape string with at most blanks and `--` comments since: one that begins on a
  /// later line continues it.
  private boolean afterEscapes;

  private boolean newLine;

  Scanner(String text, int from, int limit) {
    this.text = text;
    this.limit = limit;
    this.position = from;
    this.start = from;
  }

  Kind kind() {
    return kind;
  }

  int start() {
    return start;
  }

  /// Behind the token's last character.
  int end() {
    return position;
  }

  /// False on a quote or comment whose end is missing: it then reaches to the end of the text.
  boolean terminated() {
    return terminated;
  }

  /// From the next token on, as `standard_conforming_strings = off` makes the server do it: then a
  /// plain string is of the kind with escapes too.
  void escapesInPlainStrings(boolean escapes) {
    plainEscapes = escapes;
  }

  /// True on a string without a prefix for escapes, with a backslash in it.
  boolean isPlainWithBackslash() {
    var plain = text.charAt(start) == '\'' || Characters.isNational(text.charAt(start));
    return (kind == Kind.STRING || kind == Kind.ESCAPE_STRING)
        && plain
        && text.indexOf('\\', start, position) >= 0;
  }

  /// True on a symbol that is this character.
  boolean isSymbol(char symbol) {
    return kind == Kind.SYMBOL && text.charAt(start) == symbol;
  }

  /// True on an unquoted word that is this one, given in upper case.
  boolean isWord(String word) {
    return kind == Kind.WORD
        && position - start == word.length()
        && text.regionMatches(true, start, word, 0, word.length());
  }

  /// Continues at another place; the current token is gone.
  void moveTo(int offset) {
    position = offset;
    start = offset;
    kind = Kind.SYMBOL;
    afterEscapes = false;
  }

  /// Moves to the next token and returns its kind.
  Kind next() {
    while (position < limit && Characters.isSpace(text.charAt(position))) {
      newLine |= Characters.isLineEnd(text.charAt(position));
      position++;
    }
    start = position;
    terminated = true;
    kind = position >= limit ? Kind.END : scan(text.charAt(position));
    var continues = kind == Kind.COMMENT && text.charAt(start) == '-';
    afterEscapes = kind == Kind.ESCAPE_STRING || (afterEscapes && continues);
    newLine &= continues;
    return kind;
  }

  private Kind scan(char first) {
    return switch (first) {
      case '\'' ->
          plainEscapes || (afterEscapes && newLine) ? escapeString(1) : quoted(Kind.STRING, 1);
      case '"' -> quoted(Kind.QUOTED_NAME, 1);
      case '$' -> dollar();
      case '-' -> at(1) == '-' ? lineComment() : symbol();
      case '/' -> at(1) == '*' ? blockComment() : symbol();
      case '.' -> Characters.isDigit(at(1)) ? number() : symbol();
      default -> {
        if (Characters.isNameStart(first)) {
          yield wordOrPrefix();
        }
        yield Characters.isDigit(first) ? number() : symbol();
      }
    };
  }

  private Kind symbol() {
    position++;
    return Kind.SYMBOL;
  }

  private Kind wordOrPrefix() {
    var first = text.charAt(position);
    var second = at(1);
    if (second == '\'') {
      switch (first) {
        case 'e', 'E' -> {
          return escapeString(2);
        }
        case 'n', 'N' -> {
          return plainEscapes ? escapeString(2) : quoted(Kind.STRING, 2);
        }
        case 'b', 'B', 'x', 'X' -> {
          return quoted(Kind.STRING, 2);
        }
        default -> {}
      }
    }
    if ((first == 'u' || first == 'U') && second == '&') {
      switch (at(2)) {
        case '\'' -> {
          return quoted(Kind.STRING, 3);
        }
        case '"' -> {
          return quoted(Kind.QUOTED_NAME, 3);
        }
        default -> {}
      }
    }
    position++;
    while (position < limit && Characters.isNamePart(text.charAt(position))) {
      position++;
    }
    return Kind.WORD;
  }

  private Kind number() {
    position++;
    while (position < limit && (Characters.isNamePart(text.charAt(position)) || isFraction())) {
      var exponent = text.charAt(position) == 'e' || text.charAt(position) == 'E';
      position++;
      if (exponent
          && position < limit
          && Characters.isSign(text.charAt(position))
          && Characters.isDigit(at(1))) {
        position++;
      }
    }
    return Kind.NUMBER;
  }

  /// `1..10` is a number, two dots and a number.
  private boolean isFraction() {
    return text.charAt(position) == '.' && at(1) != '.';
  }

  /// A string or quoted name: the quote is written twice to mean itself.
  private Kind quoted(Kind wanted, int prefix) {
    var quote = text.charAt(position + prefix - 1);
    var from = position + prefix;
    while (true) {
      var found = from < limit ? text.indexOf(quote, from, limit) : -1;
      if (found < 0) {
        return unterminated(wanted);
      }
      if (found + 1 < limit && text.charAt(found + 1) == quote) {
        from = found + 2;
      } else {
        position = found + 1;
        return wanted;
      }
    }
  }

  private Kind escapeString(int prefix) {
    for (var at = position + prefix; at < limit; at++) {
      var c = text.charAt(at);
      if (c == '\\') {
        at++;
      } else if (c == '\'') {
        if (at + 1 < limit && text.charAt(at + 1) == '\'') {
          at++;
        } else {
          position = at + 1;
          return Kind.ESCAPE_STRING;
        }
      }
    }
    return unterminated(Kind.ESCAPE_STRING);
  }

  private Kind dollar() {
    if (Characters.isDigit(at(1))) {
      position++;
      while (position < limit && Characters.isDigit(text.charAt(position))) {
        position++;
      }
      return Kind.PARAMETER;
    }
    var tagEnd = position + 1;
    if (tagEnd < limit && Characters.isNameStart(text.charAt(tagEnd))) {
      while (tagEnd < limit && Characters.isTagPart(text.charAt(tagEnd))) {
        tagEnd++;
      }
    }
    if (tagEnd >= limit || text.charAt(tagEnd) != '$') {
      return symbol();
    }
    var delimiter = text.substring(position, tagEnd + 1);
    var found = text.indexOf(delimiter, tagEnd + 1, limit);
    if (found < 0) {
      return unterminated(Kind.DOLLAR_STRING);
    }
    position = found + delimiter.length();
    return Kind.DOLLAR_STRING;
  }

  private Kind lineComment() {
    position += 2;
    while (position < limit && !Characters.isLineEnd(text.charAt(position))) {
      position++;
    }
    return Kind.COMMENT;
  }

  /// Block comments nest.
  private Kind blockComment() {
    var depth = 1;
    for (var at = position + 2; at + 1 < limit; at++) {
      var c = text.charAt(at);
      var following = text.charAt(at + 1);
      if (c == '/' && following == '*') {
        depth++;
        at++;
      } else if (c == '*' && following == '/') {
        depth--;
        at++;
        if (depth == 0) {
          position = at + 1;
          return Kind.COMMENT;
        }
      }
    }
    return unterminated(Kind.COMMENT);
  }

  private Kind unterminated(Kind wanted) {
    terminated = false;
    position = limit;
    return wanted;
  }

  /// The character so far behind the current position, or NUL behind the end.
  private char at(int distance) {
    return position + distance < limit ? text.charAt(position + distance) : '\0';
  }
}
