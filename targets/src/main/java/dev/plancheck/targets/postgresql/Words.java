// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.postgresql;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// Every word of a statement's text that may be a name, and those that may be a call: more than
/// there are, never less, whatever the text does with quotes, comments and strings.
///
/// `all` and `called` hold names as the catalogue has them. `unclear` tells that the text can hide
/// names (Unicode escapes, too many quotes).
record Words(Set<String> all, Set<String> called, boolean unclear) {
  private static final Pattern BARE =
      Pattern.compile("[\\p{Alpha}_\\x{80}-\\x{10FFFF}][\\p{Alnum}_$\\x{80}-\\x{10FFFF}]*");

  private static final Pattern ESCAPED = Pattern.compile("(?i)u&\"");
  private static final Pattern COMMENT = Pattern.compile("--|/\\*");

  /// What quoted names may add up to before the text counts as unclear.
  private static final int MOST_QUOTED = 1 << 20;

  /// Longer names are cut by the server.
  private static final int MOST_BYTES = 63;

  static Words of(String text) {
    var words = new Words(new HashSet<>(), new HashSet<>(), false);
    // A comment may stand between a name and its bracket: then every word may be a call.
    var commented = COMMENT.matcher(text).find();
    var bare = BARE.matcher(text);
    while (bare.find()) {
      var isCall = commented || isCall(text, bare.start(), bare.end());
      words.add(bare.group(), isCall);
      words.add(folded(bare.group()), isCall);
    }
    var complete = words.addQuoted(text, commented);
    return new Words(words.all, words.called, !complete || ESCAPED.matcher(text).find());
  }

  /// What the server's scanner would read if a quoted name began at a quote, for every quote. False
  /// when that is too much.
  private boolean addQuoted(String text, boolean commented) {
    var length = 0L;
    for (var start = text.indexOf('"'); start >= 0; start = text.indexOf('"', start + 1)) {
      var end = text.indexOf('"', start + 1);
      while (end >= 0 && text.startsWith("\"\"", end)) {
        end = text.indexOf('"', end + 2);
      }
      if (end >= 0) {
        length += end - start;
        if (length > MOST_QUOTED) {
          return false;
        }
        add(
            text.substring(start + 1, end).replace("\"\"", "\""),
            commented || isCall(text, start, end + 1));
      }
    }
    return true;
  }

  private void add(String word, boolean isCall) {
    var name = cut(word);
    all.add(name);
    if (isCall) {
      called.add(name);
    }
  }

  private static boolean isCall(String text, int start, int end) {
    return bracketFollows(text, end) || dotPrecedes(text, start);
  }

  private static String cut(String word) {
    var bytes = word.getBytes(StandardCharsets.UTF_8);
    if (bytes.length <= MOST_BYTES) {
      return word;
    }
    var end = MOST_BYTES;
    while (end > 0 && (bytes[end] & 0xC0) == 0x80) {
      end--;
    }
    return new String(bytes, 0, end, StandardCharsets.UTF_8);
  }

  private static boolean bracketFollows(String text, int end) {
    var at = end;
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    return at < text.length() && text.charAt(at) == '(';
  }

  /// `row.name` calls `name(row)` when the row has no such column.
  private static boolean dotPrecedes(String text, int start) {
    var at = start - 1;
    while (at >= 0 && Character.isWhitespace(text.charAt(at))) {
      at--;
    }
    return at >= 0 && text.charAt(at) == '.';
  }

  /// The server folds ASCII letters only (in UTF-8).
  private static String folded(String word) {
    return word.chars().allMatch(letter -> letter < 128)
        ? word.toLowerCase(Locale.ROOT)
        : word.codePoints()
            .map(letter -> letter < 128 ? Character.toLowerCase(letter) : letter)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
  }
}
