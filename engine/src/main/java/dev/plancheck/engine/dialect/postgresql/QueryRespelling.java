// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.dialect.postgresql;

import org.antlr.v4.runtime.Token;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLLexer;

/// [Respelling] of what may stand in queries, wherever these stand.
final class QueryRespelling {
  private final TokenList tokens;

  QueryRespelling(TokenList tokens) {
    this.tokens = tokens;
  }

  void everywhere() {
    for (var at = 0; at < tokens.size(); at++) {
      switch (tokens.type(at)) {
        case SQLLexer.GROUP -> groupBy(at);
        case SQLLexer.USING -> joinAlias(at);
        case SQLLexer.AT ->
            removeIf(tokens.at(at + 1, SQLLexer.LOCAL) && !tokens.at(at - 1, SQLLexer.AT), at, 2);
        case SQLLexer.NORMALIZE -> tokens.retype(at, SQLLexer.Identifier);
        case SQLLexer.NORMALIZED -> normalized(at);
        case SQLLexer.SYSTEM_USER -> tokens.retype(at, SQLLexer.SESSION_USER);
        case SQLLexer.INDENT -> removeIf(tokens.at(at + 1, SQLLexer.RIGHT_PAREN), at, 1);
        case SQLLexer.OPERATOR -> operator(at);
        case SQLLexer.ONLY -> only(at);
        case SQLLexer.FOR -> removeIf(tokens.at(at + 1, SQLLexer.READ, SQLLexer.ONLY), at, 3);
        case SQLLexer.ASENSITIVE -> tokens.remove(at, at + 1);
        case SQLLexer.FROM, SQLLexer.JOIN, SQLLexer.LATERAL, SQLLexer.COMMA -> subqueryAlias(at);
        case SQLLexer.EQUAL -> mergedRow(at);
        case SQLLexer.NUMERIC, SQLLexer.DECIMAL, SQLLexer.DEC -> negativeScale(at);
        default -> {}
      }
    }
  }

  private void removeIf(boolean condition, int at, int count) {
    if (condition) {
      tokens.remove(at, at + count);
    }
  }

  /// GROUP BY [ALL | DISTINCT] groups.
  private void groupBy(int at) {
    removeIf(
        tokens.at(at + 1, SQLLexer.BY) && tokens.isOneOf(at + 2, SQLLexer.ALL, SQLLexer.DISTINCT),
        at + 2,
        1);
  }

  /// JOIN ... USING (column) AS alias.
  private void joinAlias(int at) {
    var end = tokens.behindBrackets(at + 1);
    removeIf(end > at + 1 && tokens.at(end, SQLLexer.AS) && tokens.isName(end + 1), end, 2);
  }

  /// `a IS [NOT] [NFC] NORMALIZED` as `a IS [NOT] DOCUMENT`.
  private void normalized(int at) {
    var form = tokens.isOneOf(at - 1, SQLLexer.NFC, SQLLexer.NFD, SQLLexer.NFKC, SQLLexer.NFKD);
    if (tokens.isOneOf(form ? at - 2 : at - 1, SQLLexer.IS, SQLLexer.NOT)) {
      tokens.retype(at, SQLLexer.DOCUMENT);
      removeIf(form, at - 1, 1);
    }
  }

  /// `OPERATOR(+)`, without a schema.
  private void operator(int at) {
    if (tokens.at(at + 1, SQLLexer.LEFT_PAREN)
        && tokens.at(at + 3, SQLLexer.RIGHT_PAREN)
        && !tokens.isName(at + 2)) {
      tokens.remove(at + 3, at + 4);
      tokens.remove(at, at + 2);
    }
  }

  /// `ONLY (table)`, and ONLY in MERGE.
  private void only(int at) {
    var end = tokens.behindName(at + 2);
    if (tokens.at(at + 1, SQLLexer.LEFT_PAREN)
        && end > at + 2
        && tokens.at(end, SQLLexer.RIGHT_PAREN)) {
      tokens.remove(end, end + 1);
      tokens.remove(at + 1, at + 2);
    } else if (tokens.at(at - 2, SQLLexer.MERGE, SQLLexer.INTO)) {
      tokens.remove(at, at + 1);
    }
  }

  /// A query in FROM needs no alias since PostgreSQL 16.
  private void subqueryAlias(int at) {
    if (!tokens.isOneOf(at + 2, SQLLexer.SELECT, SQLLexer.VALUES, SQLLexer.WITH, SQLLexer.TABLE)) {
      return;
    }
    var end = tokens.behindBrackets(at + 1);
    if (end == at + 1 || (tokens.at(at, SQLLexer.COMMA) && !isInFrom(at))) {
      return;
    }
    if (endsFromItem(end)) {
      tokens.insert(end, SQLLexer.Identifier);
    }
  }

  /// Whether the list that a comma stands in began with FROM.
  private boolean isInFrom(int comma) {
    var depth = 0;
    for (var at = comma - 1; at >= 0; at--) {
      switch (tokens.type(at)) {
        case SQLLexer.RIGHT_PAREN -> depth++;
        case SQLLexer.LEFT_PAREN -> depth--;
        case SQLLexer.FROM -> {
          if (depth == 0) {
            return true;
          }
        }
        case SQLLexer.SELECT, SQLLexer.WHERE, SQLLexer.BY, SQLLexer.VALUES, SQLLexer.SET -> {
          if (depth == 0) {
            return false;
          }
        }
        default -> {}
      }
      if (depth < 0) {
        return false;
      }
    }
    return false;
  }

  private boolean endsFromItem(int at) {
    return switch (tokens.type(at)) {
      case Token.EOF,
          SQLLexer.COMMA,
          SQLLexer.RIGHT_PAREN,
          SQLLexer.WHERE,
          SQLLexer.GROUP,
          SQLLexer.HAVING,
          SQLLexer.WINDOW,
          SQLLexer.ORDER,
          SQLLexer.LIMIT,
          SQLLexer.OFFSET,
          SQLLexer.FETCH,
          SQLLexer.FOR,
          SQLLexer.UNION,
          SQLLexer.EXCEPT,
          SQLLexer.INTERSECT,
          SQLLexer.JOIN,
          SQLLexer.INNER,
          SQLLexer.LEFT,
          SQLLexer.RIGHT,
          SQLLexer.FULL,
          SQLLexer.CROSS,
          SQLLexer.NATURAL,
          SQLLexer.ON,
          SQLLexer.USING,
          SQLLexer.RETURNING,
          SQLLexer.WITH ->
          true;
      default -> false;
    };
  }

  /// `numeric(10, -2)`, as any type that takes more than numbers.
  private void negativeScale(int at) {
    if (tokens.at(at + 1, SQLLexer.LEFT_PAREN)
        && tokens.at(at + 3, SQLLexer.COMMA, SQLLexer.MINUS)
        && tokens.at(at + 6, SQLLexer.RIGHT_PAREN)) {
      tokens.retype(at, SQLLexer.Identifier);
    }
  }

  /// MERGE: `SET (a, b) = ROW (1, 2)`, and `= (SELECT ...)`.
  private void mergedRow(int at) {
    if (!tokens.at(at - 1, SQLLexer.RIGHT_PAREN) || tokens.find(SQLLexer.MERGE, 0) > at) {
      return;
    }
    if (tokens.at(at + 1, SQLLexer.ROW, SQLLexer.LEFT_PAREN)) {
      tokens.remove(at + 1, at + 2);
    } else if (tokens.at(at + 1, SQLLexer.LEFT_PAREN, SQLLexer.SELECT)) {
      tokens.insert(tokens.behindBrackets(at + 1), SQLLexer.RIGHT_PAREN);
      tokens.insert(at + 1, SQLLexer.LEFT_PAREN);
    }
  }
}
