// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.dialect.mysql;

import dev.plancheck.engine.text.Span;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A statement of a script as [Splitter] finds it: `span` reaches from the first to the last token.
/// `tokens` are all that the server would run, without comments; `depth` is the deepest nesting of
/// brackets; `rows` are those of a long VALUES list that are not among the tokens, because a tree
/// of them would take a hundred times their size. `problem` is what keeps it from being parsed: a
/// quote or comment that begins at `at` and never ends.
record Piece(
    Span span,
    List<Token> tokens,
    int depth,
    int rows,
    @Nullable String problem,
    @Nullable Span at,
    SqlMode mode) {
  Piece {
    tokens = List.copyOf(tokens);
  }
}
