// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.dialect.postgresql;

import dev.plancheck.engine.dialect.NotLowered;
import dev.plancheck.engine.sql.ObjectKind;
import org.antlr.v4.runtime.tree.ParseTree;

/// Kinds of objects by the keywords before their name.
final class Kinds {
  private Kinds() {}

  /// From the leading keywords of a node: `MATERIALIZED VIEW`, `INDEX CONCURRENTLY`.
  static ObjectKind of(ParseTree node) {
    return of(Words.of(node));
  }

  static ObjectKind of(String words) {
    return switch (words) {
      case "GROUP", "USER" -> ObjectKind.ROLE;
      case "INDEX CONCURRENTLY" -> ObjectKind.INDEX;
      case "PROCEDURAL LANGUAGE" -> ObjectKind.LANGUAGE;
      case "LARGE OBJECT" -> ObjectKind.LARGE_OBJECT;
      case "FOREIGN SERVER" -> ObjectKind.SERVER;
      case "TRANSFORM FOR" -> ObjectKind.TRANSFORM;
      case "USER MAPPING FOR" -> ObjectKind.USER_MAPPING;
      case "TEXT SEARCH CONFIGURATION",
          "TEXT SEARCH DICTIONARY",
          "TEXT SEARCH PARSER",
          "TEXT SEARCH TEMPLATE" ->
          ObjectKind.TEXT_SEARCH;
      default -> byName(words.replace(' ', '_'));
    };
  }

  private static ObjectKind byName(String name) {
    for (var kind : ObjectKind.values()) {
      if (kind.name().equals(name)) {
        return kind;
      }
    }
    throw new NotLowered(name.replace('_', ' '));
  }
}
