// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.mysql;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HexFormat;
import java.util.stream.Collectors;

/// Names and texts as parts of our own statements, right in every sql_mode.
final class Literals {
  private Literals() {}

  /// A name in backquotes.
  static String name(String name) {
    return "`" + name.replace("`", "``") + "`";
  }

  /// A text; one with a backslash goes as hexadecimal digits, because what a backslash means is a
  /// setting.
  static String text(String text) {
    if (text.indexOf('\\') < 0 && text.indexOf('\0') < 0) {
      return "'" + text.replace("'", "''") + "'";
    }
    return "CONVERT(x'%s' USING utf8mb4)"
        .formatted(HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8)));
  }

  /// `= 'a'` or `IN ('a', 'b')`: the servers look up one name faster than a list of one.
  static String oneOf(Collection<String> texts) {
    return texts.size() == 1
        ? "= " + text(texts.iterator().next())
        : texts.stream().map(Literals::text).collect(Collectors.joining(", ", "IN (", ")"));
  }
}
