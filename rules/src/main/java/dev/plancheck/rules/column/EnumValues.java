// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.rules.column;

import dev.plancheck.engine.sql.TypeName;
import java.util.List;
import java.util.regex.Pattern;

/// The list of an ENUM or SET.
final class EnumValues {
  private static final Pattern VALUE =
      Pattern.compile("'((?:[^'\\\\]|''|\\\\.)*)'|\"((?:[^\"\\\\]|\"\"|\\\\.)*)\"", Pattern.DOTALL);

  private EnumValues() {}

  /// In order, without quotes; empty for another type.
  static List<String> of(TypeName type) {
    if (type.fields() == null) {
      return List.of();
    }
    return VALUE
        .matcher(type.fields())
        .results()
        .map(found -> found.group(1) == null ? found.group(2) : found.group(1))
        .map(value -> value.replace("''", "'"))
        .toList();
  }
}
