// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.dialect.postgresql;

import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.Token;
import org.jspecify.annotations.Nullable;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLLexer;

/// [Respelling] of CREATE and ALTER.
final class DefinitionRespelling {
  /// The attributes of a constraint, in the order in which the grammar wants them.
  private enum Attribute {
    NO_INHERIT,
    NOT_VALID,
    DEFERRABLE,
    INITIALLY,
    ENFORCED
  }

  private record Written(Attribute attribute, List<Token> tokens) {}

  private final TokenList tokens;

  DefinitionRespelling(TokenList tokens) {
    this.tokens = tokens;
  }

  void statement() {
    var kind = kind();
    switch (tokens.type(kind)) {
      case SQLLexer.FUNCTION, SQLLexer.PROCEDURE -> routine();
      case SQLLexer.SEQUENCE -> sequence();
      case SQLLexer.DEFAULT -> defaultPrivileges();
      case SQLLexer.STATISTICS -> ifExists(kind + 1);
      case SQLLexer.MATERIALIZED -> compression();
      case SQLLexer.CAST -> castFunction();
      case SQLLexer.TABLE -> table(kind);
      case SQLLexer.SCHEMA -> {}
      default -> constraintAttributes();
    }
  }

  /// Where the kind of object stands that is created or altered.
  private int kind() {
    var at = 1;
    while (tokens.isOneOf(
        at,
        SQLLexer.OR,
        SQLLexer.REPLACE,
        SQLLexer.TEMP,
        SQLLexer.TEMPORARY,
        SQLLexer.LOCAL,
        SQLLexer.GLOBAL,
        SQLLexer.UNLOGGED,
        SQLLexer.FOREIGN)) {
      at++;
    }
    return at;
  }

  private void table(int kind) {
    onlyInBrackets(kind + 1);
    constraintAttributes();
    for (var at = kind; at < tokens.size(); at++) {
      if (tokens.at(at, SQLLexer.COLLATE) && followsConstraint(at - 1)) {
        collation(at);
      } else if (tokens.at(at, SQLLexer.STATISTICS) && tokens.at(at - 1, SQLLexer.SET)) {
        columnNumber(at - 2);
      } else if (tokens.at(at, SQLLexer.EXECUTE) && tokens.at(at - 1, SQLLexer.AS)) {
        executeArguments(at + 1);
      }
    }
    alteredEnforcement();
  }

  /// The collation of a column may stand among its constraints; for the grammar only before them.
  private boolean followsConstraint(int at) {
    return tokens.isOneOf(at, SQLLexer.NULL, SQLLexer.KEY, SQLLexer.UNIQUE);
  }

  private void collation(int at) {
    var end = tokens.behindName(at + 1);
    if (end > at + 1 && !tokens.at(at + 1, SQLLexer.COLLATE) && !tokens.isIdentifier(end)) {
      tokens.remove(at, end);
    }
  }

  private void columnNumber(int at) {
    if (tokens.at(at, SQLLexer.Integer)) {
      tokens.retype(at, SQLLexer.Identifier);
    }
  }

  private void executeArguments(int name) {
    var end = tokens.behindName(name);
    if (end > name && !tokens.at(end, SQLLexer.LEFT_PAREN)) {
      tokens.insert(end, SQLLexer.LEFT_PAREN, SQLLexer.NULL, SQLLexer.RIGHT_PAREN);
    }
  }

  /// `ALTER CONSTRAINT c [NOT] ENFORCED` (PostgreSQL 18) in the place of `[NOT] DEFERRABLE`; the
  /// word itself stays to be read.
  private void alteredEnforcement() {
    for (var at = 0; at < tokens.size(); at++) {
      if (tokens.at(at, SQLLexer.ALTER, SQLLexer.CONSTRAINT)) {
        var attribute = tokens.behindName(at + 2);
        var word = tokens.at(attribute, SQLLexer.NOT) ? attribute + 1 : attribute;
        if (tokens.at(word, SQLLexer.ENFORCED)) {
          tokens.retype(word, SQLLexer.DEFERRABLE);
        }
      }
    }
  }

  private void onlyInBrackets(int at) {
    var only = tokens.at(at, SQLLexer.IF, SQLLexer.EXISTS) ? at + 2 : at;
    if (tokens.at(only, SQLLexer.ONLY, SQLLexer.LEFT_PAREN)) {
      var end = tokens.behindBrackets(only + 1);
      if (end > only + 3 && tokens.behindName(only + 2) == end - 1) {
        tokens.remove(end - 1, end);
        tokens.remove(only + 1, only + 2);
      }
    }
  }

  /// They may stand in any order.
  private void constraintAttributes() {
    for (var at = 0; at < tokens.size(); at++) {
      var written = attributes(at);
      var length = written.stream().mapToInt(one -> one.tokens().size()).sum();
      var sorted =
          written.stream().sorted((a, b) -> a.attribute().compareTo(b.attribute())).toList();
      if (!sorted.equals(written)) {
        tokens.reorder(at, sorted.stream().flatMap(one -> one.tokens().stream()).toList());
      }
      at += Math.max(0, length - 1);
    }
  }

  private List<Written> attributes(int from) {
    var written = new ArrayList<Written>();
    var at = from;
    for (var attribute = attribute(at); attribute != null; attribute = attribute(at)) {
      written.add(attribute);
      at += attribute.tokens().size();
    }
    return written;
  }

  private @Nullable Written attribute(int at) {
    return switch (tokens.type(at)) {
      case SQLLexer.NO ->
          tokens.at(at + 1, SQLLexer.INHERIT) ? pair(Attribute.NO_INHERIT, at) : null;
      case SQLLexer.DEFERRABLE -> single(Attribute.DEFERRABLE, at);
      case SQLLexer.ENFORCED -> single(Attribute.ENFORCED, at);
      case SQLLexer.INITIALLY -> pair(Attribute.INITIALLY, at);
      case SQLLexer.NOT ->
          switch (tokens.type(at + 1)) {
            case SQLLexer.VALID -> pair(Attribute.NOT_VALID, at);
            case SQLLexer.DEFERRABLE -> pair(Attribute.DEFERRABLE, at);
            case SQLLexer.ENFORCED -> pair(Attribute.ENFORCED, at);
            default -> null;
          };
      default -> null;
    };
  }

  private Written single(Attribute attribute, int at) {
    return new Written(attribute, List.of(tokens.token(at)));
  }

  private Written pair(Attribute attribute, int at) {
    return new Written(attribute, List.of(tokens.token(at), tokens.token(at + 1)));
  }

  /// `LANGUAGE 'sql'`, and `table.column%TYPE`.
  private void routine() {
    for (var at = 0; at < tokens.size(); at++) {
      if (tokens.at(at, SQLLexer.LANGUAGE) && tokens.isString(at + 1)) {
        tokens.retype(at + 1, SQLLexer.Identifier);
      } else if (tokens.at(at, SQLLexer.MODULAR, SQLLexer.TYPE) && tokens.isName(at - 1)) {
        tokens.remove(at, at + 2);
      }
    }
  }

  /// `AS int`: the grammar knows but three types, which no rule needs.
  private void sequence() {
    for (var at = 2; at < tokens.size(); at++) {
      if (tokens.at(at, SQLLexer.AS) && tokens.isName(at + 1)) {
        tokens.remove(at + 2, tokens.behindName(at + 1));
        tokens.retype(at + 1, SQLLexer.BIGINT);
      } else if (tokens.at(at, SQLLexer.LOGGED) && tokens.at(0, SQLLexer.CREATE)) {
        tokens.remove(at, at + 1);
      }
    }
  }

  private void defaultPrivileges() {
    for (var at = 2; at < tokens.size(); at++) {
      if (tokens.isOneOf(at, SQLLexer.CURRENT_USER, SQLLexer.CURRENT_ROLE, SQLLexer.SESSION_USER)) {
        tokens.retype(at, SQLLexer.Identifier);
      } else if (tokens.at(at, SQLLexer.ON, SQLLexer.ROUTINES)) {
        tokens.retype(at + 1, SQLLexer.FUNCTIONS);
      } else if (tokens.at(at, SQLLexer.MAINTAIN)) {
        tokens.retype(at, SQLLexer.SELECT);
      }
    }
  }

  private void ifExists(int at) {
    if (tokens.at(at, SQLLexer.IF, SQLLexer.EXISTS)) {
      tokens.remove(at, at + 2);
    }
  }

  /// SET COMPRESSION of a materialized view's column, in the place of SET STORAGE.
  private void compression() {
    for (var at = 2; at < tokens.size(); at++) {
      if (tokens.at(at, SQLLexer.SET, SQLLexer.COMPRESSION) && tokens.isName(at + 2)) {
        tokens.retype(at + 1, SQLLexer.STORAGE);
        tokens.retype(at + 2, SQLLexer.PLAIN);
      }
    }
  }

  private void castFunction() {
    var function = tokens.find(SQLLexer.FUNCTION, 0);
    var end = tokens.behindName(function + 1);
    if (end > function + 1 && !tokens.at(end, SQLLexer.LEFT_PAREN)) {
      tokens.insert(end, SQLLexer.LEFT_PAREN, SQLLexer.RIGHT_PAREN);
    }
  }
}
