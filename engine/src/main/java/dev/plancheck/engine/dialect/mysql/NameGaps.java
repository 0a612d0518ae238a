// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.dialect.mysql;

import dev.plancheck.engine.dialect.mysql.Token.Kind;
import java.util.Set;

/// Words that MySQL 8.0 took for its language, and that the grammar takes for it in older scripts,
/// too: names like any other there.
final class NameGaps {
  private static final Set<String> SINCE_8 =
      Set.of(
          "CUBE",
          "CUME_DIST",
          "DENSE_RANK",
          "EMPTY",
          "EXCEPT",
          "FIRST_VALUE",
          "GROUPING",
          "GROUPS",
          "JSON_TABLE",
          "LAG",
          "LAST_VALUE",
          "LATERAL",
          "LEAD",
          "NTH_VALUE",
          "NTILE",
          "OVER",
          "PERCENT_RANK",
          "PERSIST",
          "PERSIST_ONLY",
          "RANK",
          "RECURSIVE",
          "ROW_NUMBER",
          "SYSTEM",
          "WINDOW");

  private NameGaps() {}

  /// As between backticks. What is called is none of a table or column, and stays as it is.
  static void old(Edits edits, int at) {
    if (edits.is(at, Kind.WORD) && edits.atAny(at, SINCE_8) && !isCall(edits, at)) {
      edits.show(at, at + 1, "`name`");
    }
  }

  /// `rank (` behind INTO or a table's name is a list of columns.
  private static boolean isCall(Edits edits, int at) {
    return edits.at(at + 1, "(")
        && !edits.at(at - 1, "INTO")
        && !edits.at(at - 1, "TABLE")
        && !edits.at(at - 1, "ON")
        && !edits.at(at - 1, "REFERENCES")
        && !edits.at(at - 1, "EXISTS");
  }
}
