// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.dialect.postgresql;

import dev.plancheck.engine.text.Span;

/// A stretch of a script as [Splitter] finds it: from the first to the last token.
sealed interface Piece {
  Span span();

  /// Whether a server would get it as it stands.
  default boolean isPlain() {
    return switch (this) {
      case Sql _, Unterminated _ -> true;
      case Meta _, Mixed _, OpenData _, Escaped _, Uncertain _ -> false;
    };
  }

  /// One statement, without its semicolon; `depth` is the deepest nesting of its brackets.
  record Sql(Span span, int depth) implements Piece {}

  /// A command of psql, which the server never sees; `name` with its backslash.
  record Meta(Span span, String name) implements Piece {}

  /// A statement that psql would run with a command of its own in the middle.
  record Mixed(Span span, String name) implements Piece {}

  /// A quote or comment that begins at `at` never ends.
  record Unterminated(Span span, String what, Span at) implements Piece {}

  /// One statement with a backslash in a plain string while `standard_conforming_strings` is off.
  record Escaped(Span span) implements Piece {}

  /// The rest of the script from a statement on whose end depends on a setting that is not known.
  record Uncertain(Span span) implements Piece {}

  /// Behind COPY ... FROM STDIN, without the line `\.` that ends the rows.
  record OpenData(Span span) implements Piece {}
}
