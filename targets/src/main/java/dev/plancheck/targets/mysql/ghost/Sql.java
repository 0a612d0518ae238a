// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.mysql.ghost;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/// Names in questions, safe in every sql_mode.
public final class Sql {
  private Sql() {}

  /// A text as a literal that no quote and no backslash can end.
  public static String literal(String text) {
    var hex = HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
    return hex.isEmpty() ? "''" : "_utf8 0x" + hex;
  }

  /// A name in the quotes of these engines.
  public static String name(String name) {
    return "`" + name.replace("`", "``") + "`";
  }
}
