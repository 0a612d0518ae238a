// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.dialect.postgresql;

import dev.plancheck.engine.sql.ObjectKind;
import dev.plancheck.engine.sql.ObjectName;
import dev.plancheck.engine.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// [GrammarGaps] that are about functions, procedures and aggregates.
final class RoutineGaps {
  private static final List<ObjectKind> ROUTINES =
      List.of(ObjectKind.FUNCTION, ObjectKind.PROCEDURE, ObjectKind.ROUTINE, ObjectKind.AGGREGATE);

  /// What ALTER FUNCTION may change, as far as it is words alone.
  private static final List<String> PROPERTIES =
      List.of(
          "CALLED ON NULL INPUT",
          "RETURNS NULL ON NULL INPUT",
          "STRICT",
          "IMMUTABLE",
          "STABLE",
          "VOLATILE",
          "NOT LEAKPROOF",
          "LEAKPROOF",
          "EXTERNAL SECURITY DEFINER",
          "EXTERNAL SECURITY INVOKER",
          "SECURITY DEFINER",
          "SECURITY INVOKER",
          "RESET ALL");

  private final Tokens tokens;

  RoutineGaps(Tokens tokens) {
    this.tokens = tokens;
  }

  private @Nullable ObjectKind routineKind() {
    for (var kind : ROUTINES) {
      if (tokens.take(kind.sql())) {
        return kind;
      }
    }
    return null;
  }

  /// Several at once, or DROP ROUTINE.
  @Nullable Statement drop() {
    var kind = routineKind();
    if (kind == null) {
      return null;
    }
    var ifExists = tokens.take("IF", "EXISTS");
    var names = new ArrayList<ObjectName>();
    do {
      var name = tokens.object();
      if (name == null || !arguments()) {
        return null;
      }
      names.add(name);
    } while (tokens.symbol(','));
    var cascade = tokens.take("CASCADE");
    if (!cascade) {
      tokens.take("RESTRICT");
    }
    return new Statement.Drop(kind, names, null, ifExists, false, cascade);
  }

  /// Without arguments, or ALTER ROUTINE.
  @Nullable Statement alter() {
    var kind = routineKind();
    var name = kind == null ? null : tokens.object();
    if (kind == null || name == null || !arguments()) {
      return null;
    }
    var command = "ALTER " + kind.sql();
    if (tokens.take("RENAME", "TO")) {
      var to = tokens.name();
      return to == null ? null : new Statement.Rename(kind, name, null, to);
    }
    if (tokens.take("OWNER", "TO")) {
      return tokens.name() == null
          ? null
          : new Statement.Utility(command + " OWNER TO", kind, name);
    }
    if (tokens.take("SET", "SCHEMA")) {
      return tokens.name() == null ? null : new Statement.Utility(command, kind, name);
    }
    return properties() ? new Statement.Utility(command, kind, name) : null;
  }

  /// `CREATE [OR REPLACE] AGGREGATE name [(arguments)] (name [= value], ...)`; the grammar wants
  /// the definition in one order.
  @Nullable Statement createAggregate() {
    var name = tokens.object();
    if (name == null) {
      return null;
    }
    var understood = tokens.bracketsAfterThese() ? arguments() && definition() : definition();
    return understood
        ? new Statement.Utility("CREATE AGGREGATE", ObjectKind.AGGREGATE, name)
        : null;
  }

  private boolean definition() {
    if (!tokens.symbol('(')) {
      return false;
    }
    do {
      if (tokens.name() == null || (tokens.symbol('=') && !value())) {
        return false;
      }
    } while (tokens.symbol(','));
    return tokens.symbol(')');
  }

  /// At least one token, up to the comma or bracket behind it.
  private boolean value() {
    var any = false;
    while (!tokens.atEnd()
        && !tokens.isSymbol(',')
        && !tokens.isSymbol(')')
        && !tokens.isSymbol('=')) {
      if (!tokens.isSymbol('(')) {
        tokens.skip();
      } else if (!tokens.brackets()) {
        return false;
      }
      any = true;
    }
    return any;
  }

  /// One or more of them, up to the end.
  private boolean properties() {
    if (tokens.take("DEPENDS", "ON", "EXTENSION")
        || tokens.take("NO", "DEPENDS", "ON", "EXTENSION")) {
      return tokens.name() != null;
    }
    do {
      if (!property()) {
        return false;
      }
      tokens.take("RESTRICT");
    } while (!tokens.atEnd());
    return true;
  }

  private boolean property() {
    for (var words : PROPERTIES) {
      if (tokens.take(words.split(" "))) {
        return true;
      }
    }
    if (tokens.take("COST") || tokens.take("ROWS")) {
      return tokens.takeAny(Scanner.Kind.NUMBER);
    }
    if (tokens.take("PARALLEL")) {
      return tokens.name() != null;
    }
    if (tokens.take("SUPPORT") || tokens.take("RESET")) {
      return tokens.object() != null;
    }
    return tokens.take("SET") && tokens.object() != null && setting();
  }

  private boolean setting() {
    if (tokens.take("FROM", "CURRENT")) {
      return true;
    }
    if (!tokens.symbol('=') && !tokens.take("TO")) {
      return false;
    }
    do {
      tokens.symbol('-');
      if (tokens.name() == null
          && tokens.string() == null
          && !tokens.takeAny(Scanner.Kind.NUMBER)
          && !tokens.takeAny(Scanner.Kind.DOLLAR_STRING)) {
        return false;
      }
    } while (tokens.symbol(','));
    return true;
  }

  /// The arguments, if there are brackets: none of them is empty.
  private boolean arguments() {
    if (!tokens.symbol('(') || tokens.symbol(')')) {
      return true;
    }
    do {
      if (!value()) {
        return false;
      }
    } while (tokens.symbol(','));
    return tokens.symbol(')');
  }

  @Nullable Statement commentOn() {
    var kind = routineKind();
    var name = kind == null ? null : tokens.object();
    if (name == null || !tokens.take("IS") || !(tokens.take("NULL") || tokens.string() != null)) {
      return null;
    }
    return new Statement.Utility("COMMENT ON", kind, name);
  }
}
