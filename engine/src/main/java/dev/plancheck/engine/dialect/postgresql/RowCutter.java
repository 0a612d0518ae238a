// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.dialect.postgresql;

import dev.plancheck.engine.sql.ObjectName;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Finds the rows of long VALUES lists that the grammar need not see, because a tree of them would
/// take a hundred times their size. Fed with the tokens of one statement.
///
/// A list with a query in one of its rows is left whole, so that no table is overlooked.
final class RowCutter {
  /// Shorter statements are parsed as they are.
  private static final int WORTHWHILE = 16 * 1024;

  /// What is left of each list at least, in characters.
  private static final int KEEP = 4 * 1024;

  private static final Set<String> NO_FUNCTIONS =
      Set.of(
          "and",
          "or",
          "not",
          "in",
          "any",
          "all",
          "some",
          "row",
          "values",
          "cast",
          "like",
          "ilike",
          "between",
          "is",
          "when",
          "then",
          "else",
          "case",
          "exists",
          "array",
          "over",
          "filter",
          "coalesce",
          "greatest",
          "least",
          "nullif",
          "by",
          "as",
          "on",
          "collate");

  /// Rows between two offsets of the script, from the end of the last row that stays.
  record Cut(int from, int to, int rows, List<ObjectName> functions) {
    Cut {
      functions = List.copyOf(functions);
    }
  }

  private final String script;
  private final boolean active;
  private final List<Cut> cuts = new ArrayList<>();
  private int depth;

  /// The depth of the list's row brackets, or -1 outside of a list.
  private int listDepth = -1;

  private int listStart;
  private boolean afterValues;
  private boolean afterRow;
  private boolean holdsQuery;
  private boolean keepRow;
  private int keptEnd;
  private int cutEnd;
  private int cutRows;
  private final Set<ObjectName> functions = new LinkedHashSet<>();
  private @Nullable String schema;
  private @Nullable String word;
  private boolean afterDot;
  private boolean afterType;

  RowCutter(String script, int length) {
    this.script = script;
    this.active = length > WORTHWHILE;
  }

  void token(Scanner token) {
    if (!active || token.kind() == Scanner.Kind.COMMENT) {
      return;
    }
    if (listDepth >= 0 && afterRow && !token.isSymbol(',')) {
      closeList();
    }
    if (token.isSymbol('(')) {
      open(token);
    } else if (token.isSymbol(')')) {
      close(token);
    } else if (listDepth >= 0 && depth > listDepth) {
      inRow(token);
    }
    afterRow = listDepth >= 0 && depth == listDepth && token.isSymbol(')');
    afterValues = token.isWord("VALUES");
    remember(token);
  }

  /// All cuts, in order, once every token was seen.
  List<Cut> cuts() {
    closeList();
    return List.copyOf(cuts);
  }

  private void open(Scanner token) {
    if (listDepth < 0 && afterValues) {
      listDepth = depth;
      listStart = token.start();
      holdsQuery = false;
      cutRows = 0;
      functions.clear();
    }
    if (depth == listDepth) {
      keepRow = cutRows == 0 && token.start() - listStart < KEEP;
    } else if (listDepth >= 0 && word != null && !keepRow && !afterType) {
      functions.add(new ObjectName(schema, word));
    }
    depth++;
  }

  private void close(Scanner token) {
    depth--;
    if (depth < listDepth) {
      closeList();
    } else if (depth == listDepth) {
      if (keepRow) {
        keptEnd = token.end();
      } else {
        cutRows++;
      }
      cutEnd = token.end();
    }
  }

  private void inRow(Scanner token) {
    holdsQuery |= token.isWord("SELECT") || token.isWord("TABLE") || token.isWord("VALUES");
  }

  private void closeList() {
    if (listDepth >= 0 && cutRows > 0 && !holdsQuery) {
      cuts.add(new Cut(keptEnd, cutEnd, cutRows, List.copyOf(functions)));
    }
    listDepth = -1;
    cutRows = 0;
  }

  /// Keeps what may turn out to be a function's name once its bracket opens.
  private void remember(Scanner token) {
    var name =
        token.kind() == Scanner.Kind.WORD || token.kind() == Scanner.Kind.QUOTED_NAME
            ? Names.fold(script.substring(token.start(), token.end()))
            : null;
    if (name != null) {
      schema = afterDot ? word : null;
      word = token.kind() == Scanner.Kind.WORD && NO_FUNCTIONS.contains(name) ? null : name;
    } else if (!token.isSymbol('.')) {
      word = null;
    }
    afterDot = token.isSymbol('.');
    if (name == null || word == null) {
      afterType = token.isSymbol(':') || "as".equals(name);
    }
  }
}
