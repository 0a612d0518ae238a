// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.dialect.postgresql;

import java.util.List;
import org.antlr.v4.runtime.Token;
import org.jspecify.annotations.Nullable;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLLexer;

/// A statement that the grammar refuses, in a spelling that it may know: what it takes in one order
/// only, what it lacks a word for. Nothing is lost that the model holds, and no text that the
/// server refuses is made good; what it does not help is listed in `known-gaps.sql` beside the
/// tests.
final class Respelling {
  private static final int[] ROUTINES = {
    SQLLexer.FUNCTION, SQLLexer.PROCEDURE, SQLLexer.ROUTINE, SQLLexer.AGGREGATE
  };

  private final TokenList tokens;

  private Respelling(TokenList tokens) {
    this.tokens = tokens;
  }

  /// Null if it knows no other spelling.
  static @Nullable List<Token> of(List<Token> all) {
    var tokens = new TokenList(all);
    new Respelling(tokens).statement();
    return tokens.changed() ? tokens.tokens() : null;
  }

  private void statement() {
    switch (tokens.type(0)) {
      case SQLLexer.BEGIN, SQLLexer.START, SQLLexer.SET -> transactionModes();
      case SQLLexer.COPY -> copy();
      case SQLLexer.VACUUM -> dropOptions(List.of("full"));
      case SQLLexer.ANALYZE, SQLLexer.ANALYSE -> dropOptions(List.of());
      case SQLLexer.EXPLAIN -> dropOptions(List.of("analyze", "analyse"));
      case SQLLexer.GRANT, SQLLexer.REVOKE -> grant();
      case SQLLexer.CREATE, SQLLexer.ALTER -> new DefinitionRespelling(tokens).statement();
      case SQLLexer.SECURITY -> argumentsOfRoutine(tokens.find(SQLLexer.ON, 0) + 1);
      default -> {}
    }
    new QueryRespelling(tokens).everywhere();
  }

  /// Modes of a transaction may stand without commas.
  private void transactionModes() {
    if (tokens.at(0, SQLLexer.SET)
        && tokens.isOneOf(1, SQLLexer.LOCAL, SQLLexer.SESSION)
        && tokens.at(2, SQLLexer.TRANSACTION)) {
      tokens.remove(1, 2);
    }
    for (var at = 1; at < tokens.size(); at++) {
      if (beginsMode(at) && endsMode(at - 1)) {
        tokens.insert(at, SQLLexer.COMMA);
        at++;
      }
    }
  }

  private boolean beginsMode(int at) {
    return switch (tokens.type(at)) {
      case SQLLexer.ISOLATION -> true;
      case SQLLexer.READ -> tokens.isOneOf(at + 1, SQLLexer.ONLY, SQLLexer.WRITE);
      case SQLLexer.NOT -> tokens.at(at + 1, SQLLexer.DEFERRABLE);
      case SQLLexer.DEFERRABLE -> !tokens.at(at - 1, SQLLexer.NOT);
      default -> false;
    };
  }

  private boolean endsMode(int at) {
    return switch (tokens.type(at)) {
      case SQLLexer.SERIALIZABLE,
          SQLLexer.COMMITTED,
          SQLLexer.UNCOMMITTED,
          SQLLexer.ONLY,
          SQLLexer.WRITE,
          SQLLexer.DEFERRABLE ->
          true;
      case SQLLexer.READ -> tokens.at(at - 1, SQLLexer.REPEATABLE);
      default -> false;
    };
  }

  /// The options of PostgreSQL 7, and strings where the grammar wants words.
  private void copy() {
    if (tokens.at(1, SQLLexer.BINARY)) {
      tokens.remove(1, 2);
    }
    for (var at = 1; at < tokens.size(); at++) {
      if (tokens.at(at, SQLLexer.AS)
          && tokens.isOneOf(at - 1, SQLLexer.QUOTE, SQLLexer.ESCAPE, SQLLexer.DELIMITER)
          && tokens.isString(at + 1)) {
        tokens.remove(at, at + 1);
      } else if (tokens.at(at, SQLLexer.DELIMITERS) && tokens.isString(at + 1)) {
        tokens.retype(at, SQLLexer.DELIMITER);
        if (tokens.at(at - 1, SQLLexer.USING)) {
          tokens.remove(at - 1, at);
        }
      } else if (tokens.at(at, SQLLexer.FORMAT)
          && (tokens.isString(at + 1) || tokens.at(at + 1, SQLLexer.QuotedIdentifier))) {
        tokens.retype(at + 1, SQLLexer.CSV);
      } else if (tokens.at(at, SQLLexer.ENCODING) && tokens.isName(at + 1)) {
        tokens.retype(at + 1, SQLLexer.StringConstant);
      } else if (tokens.at(at, SQLLexer.FORCE, SQLLexer.NULL)) {
        tokens.insert(at + 1, SQLLexer.NOT);
      }
    }
  }

  /// The server takes any `name [value]` for an option; left are those that decide something.
  private void dropOptions(List<String> wanted) {
    var end = tokens.behindBrackets(1);
    if (end == 1 || !tokens.at(end - 1, SQLLexer.RIGHT_PAREN) || !areOptions(2, end - 1)) {
      return;
    }
    var kept = 0;
    for (var at = 2; !tokens.at(at, SQLLexer.RIGHT_PAREN); ) {
      var next = at;
      while (!tokens.isOneOf(next, SQLLexer.COMMA, SQLLexer.RIGHT_PAREN)) {
        next++;
      }
      if (wanted.contains(Names.lower(tokens.text(at)))) {
        kept++;
        at = tokens.at(next, SQLLexer.COMMA) ? next + 1 : next;
      } else if (tokens.at(next, SQLLexer.COMMA)) {
        tokens.remove(at, next + 1);
      } else {
        tokens.remove(kept == 0 ? at : at - 1, next);
        break;
      }
    }
    if (kept == 0) {
      tokens.remove(1, 3);
    }
  }

  private boolean areOptions(int from, int to) {
    var at = from;
    while (true) {
      if (!tokens.isName(at) || tokens.isOneOf(at, SQLLexer.ON, SQLLexer.TRUE, SQLLexer.FALSE)) {
        return false;
      }
      at++;
      if (tokens.isOneOf(at, SQLLexer.PLUS, SQLLexer.MINUS)) {
        at++;
      }
      if (at < to && !tokens.at(at, SQLLexer.COMMA)) {
        at++;
      }
      if (at == to) {
        return true;
      }
      if (!tokens.at(at, SQLLexer.COMMA)) {
        return false;
      }
      at++;
    }
  }

  /// Columns of single privileges, routines without their arguments, options of a membership.
  private void grant() {
    var on = tokens.find(SQLLexer.ON, 1);
    if (on == tokens.size()) {
      membershipOptions();
      return;
    }
    for (var at = on - 1; at > 0; at--) {
      if (tokens.at(at, SQLLexer.LEFT_PAREN) && isNameList(at)) {
        tokens.remove(at, tokens.behindBrackets(at));
      }
    }
    argumentsOfRoutines(tokens.find(SQLLexer.ON, 1) + 1);
  }

  /// `(a, b)`.
  private boolean isNameList(int at) {
    var name = at;
    do {
      if (!tokens.isName(name + 1)) {
        return false;
      }
      name += 2;
    } while (tokens.at(name, SQLLexer.COMMA));
    return tokens.at(name, SQLLexer.RIGHT_PAREN);
  }

  /// `WITH INHERIT TRUE, SET FALSE` (PostgreSQL 16) in place of `WITH ADMIN OPTION`.
  private void membershipOptions() {
    var with = tokens.find(SQLLexer.WITH, 1);
    var at = with;
    do {
      if (!tokens.isName(at + 1)
          || !tokens.isOneOf(at + 2, SQLLexer.OPTION, SQLLexer.TRUE, SQLLexer.FALSE)) {
        return;
      }
      at += 3;
    } while (tokens.at(at, SQLLexer.COMMA));
    tokens.remove(with, at);
  }

  private void argumentsOfRoutines(int kind) {
    if (!tokens.isOneOf(kind, ROUTINES)) {
      return;
    }
    if (tokens.at(kind, SQLLexer.ROUTINE)) {
      tokens.retype(kind, SQLLexer.FUNCTION);
    }
    var at = kind;
    do {
      at = arguments(at + 1);
    } while (tokens.at(at, SQLLexer.COMMA));
  }

  private void argumentsOfRoutine(int kind) {
    if (tokens.isOneOf(kind, ROUTINES)) {
      arguments(kind + 1);
    }
  }

  /// Gives a routine's name its brackets; returns what follows.
  private int arguments(int name) {
    var end = tokens.behindName(name);
    if (end > name && !tokens.at(end, SQLLexer.LEFT_PAREN)) {
      tokens.insert(end, SQLLexer.LEFT_PAREN, SQLLexer.RIGHT_PAREN);
    }
    return tokens.behindBrackets(end);
  }
}
