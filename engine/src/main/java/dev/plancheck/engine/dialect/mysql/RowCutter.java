// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.dialect.mysql;

import java.util.List;

/// Tells which tokens of a long VALUES list the grammar need not see. Fed with the tokens of one
/// statement.
///
/// Only the list of an INSERT or REPLACE is cut, behind what is kept of it; a list with a query in
/// a row that would be lost is not cut, so that no table is overlooked: the statement is then too
/// large.
final class RowCutter {
  /// What is left of a list at least, in characters.
  private static final int KEEP = 16 * 1024;

  private boolean first = true;
  private boolean inserts;
  private boolean afterValues;
  private boolean inList;
  private int listStart;
  private boolean cutting;
  private boolean opened;
  private int rows;
  private boolean query;

  /// Whether the token stays; `depth` counts the brackets that are open behind it.
  boolean keeps(Scanner token, int depth) {
    if (first) {
      inserts = token.isWord("INSERT") || token.isWord("REPLACE");
      first = false;
      return true;
    }
    if (!inserts) {
      return true;
    }
    if (!inList) {
      begin(token, depth);
      return true;
    }
    if (depth == 0 && !token.isSymbol(',') && !token.isSymbol(')')) {
      inList = false;
      cutting = false;
      return true;
    }
    return row(token, depth);
  }

  private void begin(Scanner token, int depth) {
    inList = afterValues && token.isSymbol('(') && depth == 1 && rows == 0;
    listStart = token.start();
    afterValues = depth == 0 && (token.isWord("VALUES") || token.isWord("VALUE"));
  }

  /// The comma before the first lost row is lost too; one is only known by what follows it.
  private boolean row(Scanner token, int depth) {
    if (depth == 0 && token.isSymbol(',') && token.start() - listStart > KEEP) {
      cutting = true;
    }
    if (!cutting) {
      return true;
    }
    opened = token.isSymbol('(') && depth == 1;
    rows += opened ? 1 : 0;
    query |= token.isWord("SELECT") || token.isWord("TABLE");
    return false;
  }

  /// How many rows were left out; -1 if one of them holds a query.
  int cut(List<Token> kept) {
    return query && !kept.isEmpty() ? -1 : rows;
  }
}
