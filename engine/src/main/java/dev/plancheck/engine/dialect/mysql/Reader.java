// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.dialect.mysql;

import dev.plancheck.engine.dialect.NotLowered;
import dev.plancheck.engine.dialect.mysql.Token.Kind;
import dev.plancheck.engine.sql.ObjectName;
import dev.plancheck.engine.text.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// A cursor over the tokens of one statement that a grammar has accepted, with what the grammar
/// said of it. Whatever does not stand where a lowering expects it raises [NotLowered].
final class Reader {
  private final String script;
  private final List<Token> tokens;
  private final List<Mark> marks;
  private final List<Mark> queries;
  private int at;

  Reader(String script, List<Token> tokens, List<Mark> marks) {
    this.script = script;
    this.tokens = tokens;
    this.marks = marks;
    this.queries = marks.stream().filter(m -> m.kind() == Mark.Kind.SUBQUERY).toList();
  }

  /// The same statement, read from a token on that this one has reached.
  Reader part(int from, int to) {
    return new Reader(script, tokens.subList(from, to), marks);
  }

  String script() {
    return script;
  }

  List<Mark> marks() {
    return marks;
  }

  /// Whether what is marked stands in a subquery that begins at an offset or behind it.
  boolean inQuery(Mark mark, int from) {
    for (var query : queries) {
      if (query.start() >= from && mark.within(query.start(), query.end())) {
        return true;
      }
    }
    return false;
  }

  int index() {
    return at;
  }

  void moveTo(int index) {
    at = index;
  }

  int size() {
    return tokens.size();
  }

  boolean atEnd() {
    return at >= tokens.size();
  }

  Token token(int index) {
    return tokens.get(index);
  }

  Token current() {
    if (atEnd()) {
      throw new NotLowered("the end of the statement");
    }
    return tokens.get(at);
  }

  Token take() {
    var token = current();
    at++;
    return token;
  }

  /// Whether these words, or symbols, come next.
  boolean at(String... wanted) {
    for (var i = 0; i < wanted.length; i++) {
      if (at + i >= tokens.size() || !is(at + i, wanted[i])) {
        return false;
      }
    }
    return true;
  }

  boolean atAny(Set<String> words) {
    return !atEnd() && current().kind() == Kind.WORD && words.contains(word());
  }

  boolean take(String... wanted) {
    var found = at(wanted);
    at += found ? wanted.length : 0;
    return found;
  }

  void expect(String... wanted) {
    if (!take(wanted)) {
      throw new NotLowered("this form of " + words(2));
    }
  }

  boolean is(int index, String wanted) {
    var token = tokens.get(index);
    var plain = token.kind() == Kind.WORD || token.kind() == Kind.SYMBOL;
    return plain
        && token.end() - token.start() == wanted.length()
        && script.regionMatches(true, token.start(), wanted, 0, wanted.length());
  }

  /// The current token in upper case.
  String word() {
    return text(current()).toUpperCase(Locale.ROOT);
  }

  String text(Token token) {
    return script.substring(token.start(), token.end());
  }

  String text(Span span) {
    return script.substring(span.start(), span.end());
  }

  /// The first so many tokens, in upper case.
  String words(int count) {
    var words = new ArrayList<String>();
    for (var token : tokens.subList(0, Math.min(count, tokens.size()))) {
      words.add(text(token).toUpperCase(Locale.ROOT));
    }
    return String.join(" ", words);
  }

  /// From one token to the one before the current.
  Span since(int index) {
    var last = Math.max(index, Math.min(at, tokens.size()) - 1);
    return new Span(tokens.get(index).start(), tokens.get(last).end());
  }

  String name() {
    var token = take();
    return switch (token.kind()) {
      case WORD, NUMBER -> text(token);
      case QUOTED_NAME, STRING -> Literals.value(text(token));
      case VARIABLE, SYMBOL, COMMENT, VERSION_OPEN, VERSION_CLOSE, DELIMITER, END ->
          throw new NotLowered("the name " + text(token));
    };
  }

  /// `table` or `database.table`; a dot before the name is allowed, and means nothing.
  ObjectName object() {
    take(".");
    var first = name();
    return take(".") ? new ObjectName(first, name()) : ObjectName.of(first);
  }

  /// The name of a column, index or constraint: the server does not tell upper from lower case.
  String folded() {
    return Names.fold(name());
  }

  List<ObjectName> objects() {
    var objects = new ArrayList<ObjectName>();
    do {
      objects.add(object());
    } while (take(","));
    return objects;
  }

  boolean ifExists() {
    return take("IF", "EXISTS");
  }

  boolean ifNotExists() {
    return take("IF", "NOT", "EXISTS");
  }

  /// Leaves the cursor behind a bracket and all up to its end.
  void skipBrackets() {
    expect("(");
    for (var depth = 1; depth > 0; ) {
      if (take("(")) {
        depth++;
      } else if (take(")")) {
        depth--;
      } else {
        take();
      }
    }
  }

  /// Moves to the first of these words, or symbols, that stands in no brackets which open from here
  /// on, or to the end.
  void skipTo(Set<String> stops) {
    for (var depth = 0; !atEnd(); at++) {
      var token = current();
      var plain = token.kind() == Kind.WORD || token.kind() == Kind.SYMBOL;
      if (depth == 0 && plain && stops.contains(word()) && !afterDot()) {
        return;
      }
      if (is(at, "(")) {
        depth++;
      } else if (is(at, ")")) {
        depth--;
        if (depth < 0) {
          return;
        }
      }
    }
  }

  private boolean afterDot() {
    return at > 0 && is(at - 1, ".");
  }
}
