// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.dialect.mysql;

import java.util.List;
import java.util.Optional;

/// Shows the grammars a statement that all of them refuse in a spelling that they know: what they
/// have never heard of is left out, or something of the same kind stands for it.
///
/// What the statement says is read from its own tokens. A form is respelled only where it stands
/// whole, so that what is wrong stays refused, and never where it holds a query, which a grammar
/// has to see.
final class Respelling {
  private Respelling() {}

  /// Empty where nothing is known to be unknown to the grammars; `old` tells MySQL before 8.0.
  static Optional<ParseText> of(String script, List<Token> tokens, boolean mariadb, boolean old) {
    var edits = new Edits(script, tokens);
    for (var at = 0; at < edits.size(); at++) {
      DefinitionGaps.both(edits, at);
      QueryGaps.both(edits, at);
      if (mariadb) {
        DefinitionGaps.mariadb(edits, at);
        ColumnGaps.mariadb(edits, at);
        QueryGaps.mariadb(edits, at);
      } else {
        QueryGaps.mysql(edits, at);
      }
      if (old) {
        NameGaps.old(edits, at);
      }
    }
    return edits.isEmpty()
        ? Optional.empty()
        : Optional.of(ParseText.of(script, tokens, edits.instead()));
  }
}
