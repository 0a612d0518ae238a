// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.ghost;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What is known of character sets: how long a character can be, and which holds all of another.
final class Charsets {
  private static final Map<String, Integer> BYTES =
      Map.ofEntries(
          Map.entry("utf8", 3),
          Map.entry("utf8mb3", 3),
          Map.entry("ucs2", 2),
          Map.entry("latin1", 1),
          Map.entry("latin2", 1),
          Map.entry("latin5", 1),
          Map.entry("latin7", 1),
          Map.entry("ascii", 1),
          Map.entry("binary", 1),
          Map.entry("cp1250", 1),
          Map.entry("cp1251", 1),
          Map.entry("cp1257", 1),
          Map.entry("gbk", 2),
          Map.entry("big5", 2),
          Map.entry("sjis", 2));

  private static final Set<String> ALL_OF_UNICODE =
      Set.of("utf8mb4", "utf16", "utf16le", "utf32", "gb18030");

  /// These hold the first 65536 characters of Unicode, so all that the small sets have.
  private static final Set<String> MOST_OF_UNICODE = Set.of("utf8mb3", "ucs2");

  private Charsets() {}

  /// 4 where it is not known.
  static int bytes(@Nullable String charset) {
    return charset == null ? 4 : BYTES.getOrDefault(charset, 4);
  }

  /// Whether each character of one exists in the other.
  static boolean holds(String wanted, String old) {
    var to = plain(wanted);
    var from = plain(old);
    return to.equals(from)
        || ALL_OF_UNICODE.contains(to)
        || (MOST_OF_UNICODE.contains(to) && !ALL_OF_UNICODE.contains(from))
        || (from.equals("ascii") && !to.equals("binary"));
  }

  /// MySQL calls its three-byte UTF-8 by two names.
  static String plain(String charset) {
    return charset.equals("utf8") ? "utf8mb3" : charset;
  }

  /// The character set of a collation, which its name begins with.
  static String ofCollation(String collation) {
    var end = collation.indexOf('_');
    return end < 0 ? collation : collation.substring(0, end);
  }
}
