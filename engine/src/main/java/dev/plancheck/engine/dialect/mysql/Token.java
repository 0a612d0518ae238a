// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.dialect.mysql;

import dev.plancheck.engine.text.Span;

/// What a statement consists of, at its place in the script.
record Token(Kind kind, int start, int end) {
  enum Kind {
    /// An unquoted name or a keyword.
    WORD,
    /// A name between backticks, or between double quotes under ANSI_QUOTES.
    QUOTED_NAME,
    STRING,
    NUMBER,
    /// `@name`, `@@name`, with what is quoted behind the sign.
    VARIABLE,
    /// One character that is none of the others.
    SYMBOL,
    COMMENT,
    /// The beginning of a comment whose content the server runs: `/*!50110`.
    VERSION_OPEN,
    /// Its end.
    VERSION_CLOSE,
    /// What ends a statement: a semicolon, or what DELIMITER has put in its place.
    DELIMITER,
    END
  }

  Span span() {
    return new Span(start, end);
  }
}
