// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.dialect.mysql;

/// A place in a statement's text that the grammar says something of, as offsets of [ParseText] and
/// later of the script.
record Mark(Kind kind, int start, int end) {
  enum Kind {
    /// The name of a table, wherever one is read or written.
    TABLE,
    /// A call of a function, from its name on.
    CALL,
    COLUMN,
    SUBQUERY,
    /// A common table expression, from its name on.
    WITH
  }

  boolean within(int from, int to) {
    return start >= from && end <= to;
  }
}
