// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.dialect.postgresql;

import dev.plancheck.engine.sql.Statement;
import dev.plancheck.engine.text.Span;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `SELECT set_config('name', 'value', local)` with constants, which does what SET does: dumps
/// begin with it.
final class SetConfig {
  private SetConfig() {}

  /// Null if the statement is more than that, or not that.
  static @Nullable Statement lower(String script, Span statement) {
    var tokens = new Tokens(script, statement);
    var function = tokens.take("SELECT") ? tokens.object() : null;
    if (function == null
        || !function.name().equals("set_config")
        || !(function.schema() == null || function.schema().equals("pg_catalog"))
        || !tokens.symbol('(')) {
      return null;
    }
    var name = tokens.string();
    var value = tokens.symbol(',') ? tokens.string() : null;
    var local = tokens.symbol(',') ? isLocal(tokens) : null;
    return name == null || value == null || local == null || !tokens.symbol(')') || !tokens.atEnd()
        ? null
        : new Statement.SetVariable(Names.lower(name), local, values(Names.lower(name), value));
  }

  private static @Nullable Boolean isLocal(Tokens tokens) {
    if (tokens.take("TRUE")) {
      return true;
    }
    return tokens.take("FALSE") ? false : null;
  }

  /// The search path is a list of names; an empty one holds one empty name, as with SET.
  private static List<String> values(String name, String value) {
    if (!name.equals("search_path")) {
      return List.of(value);
    }
    var schemas = new ArrayList<String>();
    for (var schema : value.split(",", -1)) {
      schemas.add(schema.isBlank() ? "" : Names.fold(schema.strip()));
    }
    return schemas;
  }
}
