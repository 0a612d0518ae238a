// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.dialect.postgresql;

import dev.plancheck.engine.sql.ObjectName;
import dev.plancheck.engine.text.Span;
import java.util.List;
import java.util.regex.Pattern;

/// One statement as the grammar gets it, and the way back from its offsets to the script's.
///
/// It differs from the script in what the generated lexer cannot do or does slowly: comments and
/// blanks become control characters (one token per run), `\'` within `E'...'` becomes `''`, letters
/// outside of ASCII become ASCII ones in unquoted names, and VALUES lose all rows but the first
/// ones. Each character but those of lost rows keeps its place, and names and texts are always read
/// from the script.
record ParseText(String script, int offset, String text, List<RowCutter.Cut> cuts) {
  private static final char BLANK = '\u0001';

  /// Part of no token.
  private static final char UNKNOWN = '\u007f';

  private static final Pattern OTHER_BASE =
      Pattern.compile("0[xX]_?[0-9a-fA-F_]+|0[oO]_?[0-7_]+|0[bB]_?[01_]+");

  ParseText {
    cuts = List.copyOf(cuts);
  }

  static ParseText of(String script, Span statement) {
    var text = new StringBuilder(script.substring(statement.start(), statement.end()));
    var base = statement.start();
    var cutter = new RowCutter(script, statement.length());
    var scanner = new Scanner(script, base, statement.end());
    var behind = base;
    var afterDot = false;
    while (scanner.next() != Scanner.Kind.END) {
      blank(text, behind - base, scanner.start() - base);
      behind = scanner.end();
      switch (scanner.kind()) {
        case COMMENT -> fill(text, scanner.start() - base, scanner.end() - base);
        case ESCAPE_STRING -> doubleQuotes(text, scanner.start() - base, scanner.end() - base);
        case WORD -> toName(text, scanner.start() - base, scanner.end() - base, afterDot);
        case NUMBER -> toDigits(text, scanner.start() - base, scanner.end() - base);
        case SYMBOL -> toVisible(text, scanner.start() - base);
        case QUOTED_NAME, STRING, DOLLAR_STRING, PARAMETER, END -> {}
      }
      afterDot = scanner.isSymbol('.') || (afterDot && scanner.kind() == Scanner.Kind.COMMENT);
      cutter.token(scanner);
    }
    var cuts = cutter.cuts();
    for (var cut : cuts.reversed()) {
      text.delete(cut.from() - base, cut.to() - base);
    }
    return new ParseText(script, base, text.toString(), cuts);
  }

  /// The script's offset of a character of the text.
  int original(int index) {
    var at = index + offset;
    for (var cut : cuts) {
      if (cut.from() <= at) {
        at += cut.to() - cut.from();
      }
    }
    return at;
  }

  /// The functions that the lost rows call.
  List<ObjectName> cutFunctions() {
    return cuts.stream().flatMap(cut -> cut.functions().stream()).distinct().toList();
  }

  /// How many rows were cut from the list whose last row that is left ends at this offset.
  int cutRows(int end) {
    return cuts.stream().filter(cut -> cut.from() == end).mapToInt(RowCutter.Cut::rows).sum();
  }

  /// Line ends stay: two strings with one between them are one string.
  private static void blank(StringBuilder text, int from, int to) {
    for (var at = from; at < to; at++) {
      if (text.charAt(at) != '\n' && text.charAt(at) != '\r') {
        text.setCharAt(at, BLANK);
      }
    }
  }

  private static void fill(StringBuilder text, int from, int to) {
    for (var at = from; at < to; at++) {
      text.setCharAt(at, BLANK);
    }
  }

  private static void doubleQuotes(StringBuilder text, int from, int to) {
    for (var at = text.indexOf("'", from) + 1; at + 1 < to; at++) {
      if (text.charAt(at) == '\\') {
        if (text.charAt(at + 1) == '\'') {
          text.setCharAt(at, '\'');
        }
        at++;
      }
    }
  }

  /// No keyword begins with an underscore or holds a dollar, so no name becomes one; and behind a
  /// dot every word is a name.
  private static void toName(StringBuilder text, int from, int to, boolean afterDot) {
    for (var at = from; at < to; at++) {
      if (text.charAt(at) > '\u007f' || (afterDot && at == from)) {
        text.setCharAt(at, at == from ? '_' : '$');
      }
    }
  }

  /// A control character, which the lexer would take for a blank and the server does not.
  private static void toVisible(StringBuilder text, int at) {
    if (text.charAt(at) < ' ') {
      text.setCharAt(at, UNKNOWN);
    }
  }

  /// Numbers to another base and with underscores (PostgreSQL 16).
  private static void toDigits(StringBuilder text, int from, int to) {
    var other = OTHER_BASE.matcher(text).region(from, to).matches();
    for (var at = from; at < to; at++) {
      if (other
          || (text.charAt(at) == '_' && at + 1 < to && Character.isDigit(text.charAt(at + 1)))) {
        text.setCharAt(at, '0');
      }
    }
  }
}
