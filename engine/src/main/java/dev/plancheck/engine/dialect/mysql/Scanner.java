// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.dialect.mysql;

import dev.plancheck.engine.dialect.mysql.Token.Kind;
import java.util.Locale;

/// Finds tokens as the server's lexer and the client's reader do, as far as their borders are
/// concerned. A cursor over a text: [#next] moves on, the accessors tell what it stands on. Linear,
/// and never throws.
final class Scanner {
  private static final int LONGEST_KEYWORD = 64;

  private final String text;
  private final int limit;
  private final Flavour flavour;
  private SqlMode mode = SqlMode.USUAL;
  private String delimiter = ";";
  private int position;
  private int start;
  private Kind kind = Kind.END;
  private boolean terminated = true;
  private boolean inVersionComment;

  Scanner(String text, int from, int limit, Flavour flavour) {
    this.text = text;
    this.limit = limit;
    this.flavour = flavour;
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

  Token token() {
    return new Token(kind, start, position);
  }

  /// False on a quote or comment whose end is missing: it then reaches to the end of the text.
  boolean terminated() {
    return terminated;
  }

  void mode(SqlMode wanted) {
    mode = wanted;
  }

  SqlMode mode() {
    return mode;
  }

  void delimiter(String wanted) {
    delimiter = wanted;
  }

  boolean isSymbol(char symbol) {
    return kind == Kind.SYMBOL && text.charAt(start) == symbol;
  }

  /// True on an unquoted word that is this one, given in upper case.
  boolean isWord(String word) {
    return kind == Kind.WORD
        && position - start == word.length()
        && text.regionMatches(true, start, word, 0, word.length());
  }

  /// The unquoted word in upper case.
  String upperWord() {
    return position - start > LONGEST_KEYWORD
        ? ""
        : text.substring(start, position).toUpperCase(Locale.ROOT);
  }

  /// The symbol or delimiter as it stands, and nothing for what is neither.
  String symbol() {
    return kind == Kind.SYMBOL || kind == Kind.DELIMITER ? text.substring(start, position) : "";
  }

  /// Continues at another place; the current token is gone.
  void moveTo(int offset) {
    position = offset;
    start = offset;
    kind = Kind.SYMBOL;
  }

  Kind next() {
    while (position < limit && Characters.isSpace(text.charAt(position))) {
      position++;
    }
    start = position;
    terminated = true;
    kind = position >= limit ? Kind.END : scan(text.charAt(position));
    return kind;
  }

  private Kind scan(char first) {
    if (isDelimiter(position)) {
      position += delimiter.length();
      inVersionComment = false;
      return Kind.DELIMITER;
    }
    return switch (first) {
      case '\'' -> quoted(Kind.STRING, !mode.noBackslashEscapes());
      case '"' ->
          mode.ansiQuotes()
              ? quoted(Kind.QUOTED_NAME, false)
              : quoted(Kind.STRING, !mode.noBackslashEscapes());
      case '`' -> quoted(Kind.QUOTED_NAME, false);
      case '@' -> variable();
      case '#' -> lineComment();
      case '-' -> beginsLineComment() ? lineComment() : oneCharacter();
      case '/' -> at(1) == '*' ? blockComment() : oneCharacter();
      case '*' -> inVersionComment && at(1) == '/' ? versionEnd() : oneCharacter();
      case '.' -> Characters.isDigit(at(1)) && !afterName() ? number() : oneCharacter();
      default -> {
        if (Characters.isDigit(first)) {
          yield number();
        }
        yield Characters.isNamePart(first) ? word() : oneCharacter();
      }
    };
  }

  private boolean isDelimiter(int at) {
    return text.startsWith(delimiter, at) && at + delimiter.length() <= limit;
  }

  /// `a.1` is a name behind a dot.
  private boolean afterName() {
    return position > 0
        && (Characters.isNamePart(text.charAt(position - 1)) || text.charAt(position - 1) == '`');
  }

  private Kind oneCharacter() {
    position++;
    return Kind.SYMBOL;
  }

  private Kind word() {
    position++;
    while (position < limit
        && Characters.isNamePart(text.charAt(position))
        && !isDelimiter(position)) {
      position++;
    }
    return Kind.WORD;
  }

  /// A name may begin with digits: `2fa`, but `1e5` and `0x1f` are numbers.
  private Kind number() {
    var from = position;
    var named = false;
    while (position < limit && !isDelimiter(position)) {
      var c = text.charAt(position);
      if (c == '.' && !named) {
        position++;
      } else if (Characters.isNamePart(c)) {
        named |= !Characters.isDigit(c);
        position++;
        if ((c == 'e' || c == 'E') && Characters.isSign(at(0)) && Characters.isDigit(at(1))) {
          position++;
        }
      } else {
        break;
      }
    }
    return named && !Characters.isNumber(text, from, position) ? Kind.WORD : Kind.NUMBER;
  }

  private Kind variable() {
    position++;
    if (position < limit && text.charAt(position) == '@') {
      position++;
    }
    if (position < limit && "'\"`".indexOf(text.charAt(position)) >= 0) {
      return quoted(Kind.VARIABLE, false);
    }
    while (position < limit
        && (Characters.isNamePart(text.charAt(position)) || text.charAt(position) == '.')
        && !isDelimiter(position)) {
      position++;
    }
    return Kind.VARIABLE;
  }

  /// The quote is written twice to mean itself.
  private Kind quoted(Kind wanted, boolean escapes) {
    var quote = text.charAt(position);
    for (var at = position + 1; at < limit; at++) {
      var c = text.charAt(at);
      if (c == '\\' && escapes) {
        at++;
      } else if (c == quote) {
        if (at + 1 < limit && text.charAt(at + 1) == quote) {
          at++;
        } else {
          position = at + 1;
          return wanted;
        }
      }
    }
    return unterminated(wanted);
  }

  /// Two dashes begin a comment only before a blank or a control character.
  private boolean beginsLineComment() {
    return at(1) == '-' && (position + 2 >= limit || at(2) <= ' ');
  }

  private Kind lineComment() {
    while (position < limit && text.charAt(position) != '\n') {
      position++;
    }
    return Kind.COMMENT;
  }

  private Kind blockComment() {
    var mariadb = at(2) == 'M' && at(3) == '!';
    if (!mariadb && at(2) != '!') {
      var end = text.indexOf("*/", position + 2);
      if (end < 0 || end + 2 > limit) {
        return unterminated(Kind.COMMENT);
      }
      position = end + 2;
      return Kind.COMMENT;
    }
    var digits = position + (mariadb ? 4 : 3);
    var end = digits;
    while (end < limit && end - digits < 6 && Characters.isDigit(text.charAt(end))) {
      end++;
    }
    // Five digits, or six of them; fewer belong to what is run.
    end = end - digits < 5 ? digits : end;
    var version = end == digits ? 0 : Integer.parseInt(text, digits, end, 10);
    if (mariadb ? flavour.runsForMariadb(version) : flavour.runs(version)) {
      position = end;
      inVersionComment = true;
      return Kind.VERSION_OPEN;
    }
    return skipped();
  }

  /// What the server does not run ends at its own end: a comment may stand inside.
  private Kind skipped() {
    var depth = 1;
    for (var at = position + 2; at + 1 < limit; at++) {
      if (text.charAt(at) == '*' && text.charAt(at + 1) == '/') {
        depth--;
        at++;
        if (depth == 0) {
          position = at + 1;
          return Kind.COMMENT;
        }
      } else if (text.charAt(at) == '/' && text.charAt(at + 1) == '*') {
        depth++;
        at++;
      }
    }
    return unterminated(Kind.COMMENT);
  }

  private Kind versionEnd() {
    position += 2;
    inVersionComment = false;
    return Kind.VERSION_CLOSE;
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
