// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.dialect.mysql;

import java.util.Set;

/// Follows the blocks of a routine, trigger or event, in which semicolons stand without ending the
/// statement. Fed with the tokens of one statement.
final class Body {
  /// What makes a CREATE or ALTER one with a body, if one of the first words is it.
  private static final Set<String> ROUTINES =
      Set.of("PROCEDURE", "FUNCTION", "TRIGGER", "EVENT", "PACKAGE");

  /// Objects whose CREATE has none, so that looking further is of no use.
  private static final Set<String> OTHERS =
      Set.of("TABLE", "VIEW", "INDEX", "DATABASE", "SCHEMA", "USER", "ROLE", "SERVER");

  /// What opens a block where a statement may begin; IF and REPEAT are functions elsewhere.
  private static final Set<String> OPENERS = Set.of("IF", "WHILE", "LOOP", "REPEAT", "FOR");

  /// Behind these a statement begins.
  private static final Set<String> BEFORE_STATEMENT =
      Set.of(
          "BEGIN",
          "THEN",
          "ELSE",
          "DO",
          "ROW",
          "LOOP",
          "REPEAT",
          "ATOMIC",
          "DATA",
          "SQL",
          "DETERMINISTIC",
          "DEFINER",
          "INVOKER");

  private enum Form {
    UNKNOWN,
    ROUTINE,
    OTHER
  }

  private Form form = Form.UNKNOWN;
  private int words;
  private int depth;
  private String last = "";

  boolean isOpen() {
    return form == Form.ROUTINE && depth > 0;
  }

  void add(Scanner token) {
    var word = token.kind() == Token.Kind.WORD ? token.upperWord() : token.symbol();
    if (form == Form.UNKNOWN) {
      form = form(word);
    } else if (form == Form.ROUTINE) {
      block(word);
    }
    last = word;
    words++;
  }

  private Form form(String word) {
    if (words == 0) {
      return word.equals("CREATE") || word.equals("ALTER") || word.equals("BEGIN")
          ? Form.UNKNOWN
          : Form.OTHER;
    }
    if (words == 1 && last.equals("BEGIN")) {
      // BEGIN NOT ATOMIC of MariaDB is a block without a routine around it.
      depth = 1;
      return word.equals("NOT") ? Form.ROUTINE : Form.OTHER;
    }
    if (ROUTINES.contains(word)) {
      return Form.ROUTINE;
    }
    return OTHERS.contains(word) ? Form.OTHER : Form.UNKNOWN;
  }

  private void block(String word) {
    if (word.equals("END")) {
      depth = Math.max(0, depth - 1);
    } else if (word.equals("CASE") || word.equals("BEGIN")) {
      depth += last.equals("END") || last.equals("XA") ? 0 : 1;
    } else if (OPENERS.contains(word) && beginsStatement()) {
      depth++;
    }
  }

  /// Also behind a label's colon, and behind the brackets of the parameters.
  private boolean beginsStatement() {
    return BEFORE_STATEMENT.contains(last)
        || last.equals(";")
        || last.equals(":")
        || (depth == 0 && last.equals(")"));
  }
}
