// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.dialect.postgresql;

import java.util.regex.Pattern;

/// The values of strings as written: quotes, dollar quotes, backslash and Unicode escapes.
final class Literals {
  private static final Pattern UESCAPE = Pattern.compile("(?is)(.*)\\s*UESCAPE\\s*'(.)'");

  private Literals() {}

  /// The value of a string constant of any kind. One that is continued on the next line is joined;
  /// a comment between its parts is allowed there.
  static String value(String written) {
    if (written.startsWith("$")) {
      var tag = written.indexOf('$', 1) + 1;
      return written.substring(tag, written.length() - tag);
    }
    if (written.length() > 1 && written.charAt(1) == '&') {
      return unicode(written, '\'');
    }
    var value = new StringBuilder();
    var scanner = new Scanner(written, 0, written.length());
    var escapes = written.startsWith("E") || written.startsWith("e");
    while (scanner.next() != Scanner.Kind.END) {
      if (scanner.kind() == Scanner.Kind.STRING || scanner.kind() == Scanner.Kind.ESCAPE_STRING) {
        var from = written.indexOf('\'', scanner.start()) + 1;
        var part = written.substring(from, Math.max(from, scanner.end() - 1));
        value.append(escapes ? unescaped(part) : part.replace("''", "'"));
      }
    }
    return value.toString();
  }

  /// `U&'d\0061t\+000061'` with an optional UESCAPE behind it, in either kind of quotes.
  static String unicode(String written, char quote) {
    var escape = '\\';
    var body = written;
    var matcher = UESCAPE.matcher(written);
    if (matcher.matches()) {
      body = matcher.group(1).strip();
      escape = matcher.group(2).charAt(0);
    }
    var doubled = String.valueOf(quote).repeat(2);
    var content = body.substring(3, body.length() - 1).replace(doubled, String.valueOf(quote));
    var value = new StringBuilder();
    for (var at = 0; at < content.length(); at++) {
      var c = content.charAt(at);
      if (c != escape || at + 1 >= content.length()) {
        value.append(c);
      } else if (content.charAt(at + 1) == escape) {
        value.append(escape);
        at++;
      } else {
        var digits = content.charAt(at + 1) == '+' ? 6 : 4;
        var from = digits == 6 ? at + 2 : at + 1;
        appendCode(value, content, from, digits, 16);
        at = from + digits - 1;
      }
    }
    return value.toString();
  }

  private static String unescaped(String part) {
    var value = new StringBuilder();
    for (var at = 0; at < part.length(); at++) {
      var c = part.charAt(at);
      if (c == '\'' && at + 1 < part.length()) {
        value.append('\'');
        at++;
      } else if (c != '\\' || at + 1 >= part.length()) {
        value.append(c);
      } else {
        at++;
        at += escaped(value, part, at);
      }
    }
    return value.toString();
  }

  /// Appends what the escape at `at` (behind the backslash) means; returns how much more it took.
  private static int escaped(StringBuilder value, String part, int at) {
    var c = part.charAt(at);
    switch (c) {
      case 'b' -> value.append('\b');
      case 'f' -> value.append('\f');
      case 'n' -> value.append('\n');
      case 'r' -> value.append('\r');
      case 't' -> value.append('\t');
      case 'u' -> {
        return appendCode(value, part, at + 1, 4, 16);
      }
      case 'U' -> {
        return appendCode(value, part, at + 1, 8, 16);
      }
      case 'x' -> {
        var digits = digits(part, at + 1, 2, 16);
        return digits == 0 ? append(value, c) : appendCode(value, part, at + 1, digits, 16);
      }
      default -> {
        var digits = digits(part, at, 3, 8);
        return digits == 0 ? append(value, c) : appendCode(value, part, at, digits, 8) - 1;
      }
    }
    return 0;
  }

  private static int append(StringBuilder value, char c) {
    value.append(c);
    return 0;
  }

  /// How many digits of a base follow, at most so many.
  private static int digits(String text, int from, int most, int base) {
    var count = 0;
    while (count < most
        && from + count < text.length()
        && Character.digit(text.charAt(from + count), base) >= 0) {
      count++;
    }
    return count;
  }

  private static int appendCode(StringBuilder value, String text, int from, int digits, int base) {
    var to = Math.min(from + digits, text.length());
    try {
      value.appendCodePoint(Integer.parseInt(text.substring(from, to), base));
    } catch (IllegalArgumentException e) {
      // No such character: the server refuses the statement, here it stays as written.
      value.append(text, from, to);
    }
    return to - from;
  }
}
