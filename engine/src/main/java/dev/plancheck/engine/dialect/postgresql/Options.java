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
    var text = value.sconst() == null ? origin.text(value) : Literals.value(origin.text(value));
    return switch (Names.lower(text)) {
      case "false", "off", "no", "0" -> false;
      default -> true;
    };
  }
}
