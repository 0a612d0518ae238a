// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.dialect.postgresql;

import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.CommonToken;
import org.antlr.v4.runtime.Token;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLLexer;

/// The visible tokens of one statement, with the end of the text as the last one, to be edited. A
/// token that is left keeps its place in the text, one that is put in has none of its own.
final class TokenList {
  private final List<Token> tokens;
  private boolean changed;

  TokenList(List<Token> all) {
    this.tokens = new ArrayList<>();
    for (var token : all) {
      if (token.getChannel() == Token.DEFAULT_CHANNEL) {
        tokens.add(token);
      }
    }
  }

  boolean changed() {
    return changed;
  }

  List<Token> tokens() {
    return tokens;
  }

  /// How many there are before the end of the text.
  int size() {
    return tokens.size() - 1;
  }

  /// The type of a token; that of the end before the first and behind the last one.
  int type(int at) {
    return at < 0 || at >= size() ? Token.EOF : tokens.get(at).getType();
  }

  /// Whether these types stand here, one behind the other.
  boolean at(int index, int... types) {
    for (var i = 0; i < types.length; i++) {
      if (type(index + i) != types[i]) {
        return false;
      }
    }
    return true;
  }

  boolean isOneOf(int index, int... types) {
    for (var type : types) {
      if (type(index) == type) {
        return true;
      }
    }
    return false;
  }

  String text(int at) {
    return at < 0 || at >= size() ? "" : tokens.get(at).getText();
  }

  boolean isWord(int at, String word) {
    return text(at).equalsIgnoreCase(word);
  }

  boolean isString(int at) {
    return isOneOf(at, SQLLexer.StringConstant, SQLLexer.UnicodeEscapeStringConstant);
  }

  /// Whether this is a name and no keyword.
  boolean isIdentifier(int at) {
    return isOneOf(
        at, SQLLexer.Identifier, SQLLexer.QuotedIdentifier, SQLLexer.UnicodeQuotedIdentifier);
  }

  /// Whether this may be a name: the server, not the grammar, says which keywords may.
  boolean isName(int at) {
    var text = text(at);
    return !text.isEmpty()
        && (Character.isLetter(text.charAt(0)) || text.charAt(0) == '_' || text.charAt(0) == '"')
        && !isString(at);
  }

  /// Behind `a.b.c`, or `at` if no name begins here.
  int behindName(int at) {
    if (!isName(at)) {
      return at;
    }
    var end = at + 1;
    while (type(end) == SQLLexer.DOT && isName(end + 1)) {
      end += 2;
    }
    return end;
  }

  /// Behind the bracket that closes the one at `at`; the end if it is not closed, and `at` if none
  /// opens here.
  int behindBrackets(int at) {
    if (type(at) != SQLLexer.LEFT_PAREN) {
      return at;
    }
    var depth = 0;
    for (var end = at; end < size(); end++) {
      depth += type(end) == SQLLexer.LEFT_PAREN ? 1 : type(end) == SQLLexer.RIGHT_PAREN ? -1 : 0;
      if (depth == 0) {
        return end + 1;
      }
    }
    return size();
  }

  /// The first token of a type from here on, or the end.
  int find(int type, int from) {
    var at = from;
    while (at < size() && type(at) != type) {
      at++;
    }
    return at;
  }

  void remove(int from, int to) {
    if (from < to) {
      tokens.subList(from, to).clear();
      changed = true;
    }
  }

  void retype(int at, int type) {
    var token = new CommonToken(tokens.get(at));
    token.setType(type);
    tokens.set(at, token);
    changed = true;
  }

  /// Puts tokens without a text before the one at `at`.
  void insert(int at, int... types) {
    var place = tokens.get(at).getStartIndex();
    for (var i = 0; i < types.length; i++) {
      var token = new CommonToken(tokens.get(at));
      token.setType(types[i]);
      token.setStartIndex(place);
      token.setStopIndex(place - 1);
      token.setText("");
      tokens.add(at + i, token);
    }
    changed = true;
  }

  /// Puts a stretch of tokens into another order; the place of the last one reaches as far as the
  /// stretch did, so that a node that ends with it does too.
  void reorder(int from, List<Token> order) {
    var end = tokens.get(from + order.size() - 1).getStopIndex();
    for (var i = 0; i < order.size(); i++) {
      tokens.set(from + i, order.get(i));
    }
    var last = new CommonToken(order.getLast());
    last.setStopIndex(end);
    last.setText(order.getLast().getText());
    tokens.set(from + order.size() - 1, last);
    changed = true;
  }

  Token token(int at) {
    return tokens.get(at);
  }
}
