// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.dialect.postgresql;

import dev.plancheck.engine.text.Span;
import java.util.ArrayList;
import java.util.List;

/// CREATE SCHEMA with the objects to create in it, which the grammar does not know: cut into
/// statements that it does.
final class SchemaElements {
  private SchemaElements() {}

  /// The statement without its elements, and each element; just the statement if it has none or is
  /// another one.
  static List<Span> parts(String script, Span statement) {
    if (!createsSchema(script, statement)) {
      return List.of(statement);
    }
    var tokens = new Tokens(script, statement);
    tokens.take("CREATE", "SCHEMA");
    var parts = new ArrayList<Span>();
    var from = statement.start();
    while (!tokens.atEnd()) {
      if (tokens.isSymbol('(')) {
        tokens.brackets();
      } else if (tokens.at("CREATE") || tokens.at("GRANT")) {
        parts.add(new Span(from, tokens.endBefore()));
        from = tokens.start();
        tokens.skip();
      } else {
        tokens.skip();
      }
    }
    parts.add(new Span(from, statement.end()));
    return parts;
  }

  private static boolean createsSchema(String script, Span statement) {
    var scanner = new Scanner(script, statement.start(), statement.end());
    scanner.next();
    if (!scanner.isWord("CREATE")) {
      return false;
    }
    scanner.next();
    while (scanner.kind() == Scanner.Kind.COMMENT) {
      scanner.next();
    }
    return scanner.isWord("SCHEMA");
  }
}
