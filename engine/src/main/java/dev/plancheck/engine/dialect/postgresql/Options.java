// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.dialect.postgresql;

import org.jspecify.annotations.Nullable;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Boolean_valueContext;

/// Options of utility commands: `(CONCURRENTLY, VERBOSE off)`.
final class Options {
  private Options() {}

  /// An option without a value is on.
  static boolean isOn(Origin origin, @Nullable Boolean_valueContext value) {
    if (value == null) {
      return true;
    }
    return isOn(origin.text(value));
  }

  /// As written, perhaps in quotes.
  static boolean isOn(String written) {
    var text = written.endsWith("'") ? Literals.value(written) : written;
    return switch (Names.lower(text)) {
      case "false", "off", "no", "0" -> false;
      default -> true;
    };
  }
}
