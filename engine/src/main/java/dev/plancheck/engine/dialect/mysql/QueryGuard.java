// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.dialect.mysql;

import dev.plancheck.engine.dialect.mysql.Token.Kind;
import dev.plancheck.engine.sql.ObjectName;
import dev.plancheck.engine.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// The last look at a query that is made of parts of a user's statement: that it reads, and does
/// nothing else.
final class QueryGuard {
  private static final String SYMBOLS = "(),.=<>!+-*/%&|^~";

  /// They write files or variables, take locks, or move a sequence on.
  private static final Set<String> REFUSED =
      Set.of("INTO", "LOCK", "PROCEDURE", "NEXTVAL", "CURRVAL");

  /// What FOR may stand before, as in USE INDEX FOR JOIN, beside a number as in SUBSTRING.
  private static final Set<String> AFTER_FOR = Set.of("JOIN", "ORDER", "GROUP");

  private QueryGuard() {}

  /// Why the query is not to be run, as a clause for people; empty if nothing is against it.
  static String problem(Reader reader) {
    for (var at = 0; at < reader.size(); at++) {
      var problem = problem(reader, at);
      if (!problem.isEmpty()) {
        return problem;
      }
    }
    var called = BuiltIns.otherCall(reader, 0, reader.size(), true);
    if (called.isPresent()) {
      return "its rows depend on %s()".formatted(called.get());
    }
    return Lowering.lower(reader.part(0, reader.size()), 0)
                instanceof Statement.Select(var locks, _)
            && !locks
        ? ""
        : "it is no plain query";
  }

  private static String problem(Reader reader, int at) {
    var text = reader.text(reader.token(at));
    return switch (reader.token(at).kind()) {
      case QUOTED_NAME, STRING, NUMBER -> "";
      case VARIABLE -> "its rows depend on " + text;
      case SYMBOL -> SYMBOLS.contains(text) ? "" : "it has the symbol " + text;
      case WORD -> word(reader, at, text.toUpperCase(Locale.ROOT));
      case COMMENT, VERSION_OPEN, VERSION_CLOSE, DELIMITER, END -> "it is no plain query";
    };
  }

  private static String word(Reader reader, int at, String word) {
    if (!word.equals("FOR")) {
      return REFUSED.contains(word) ? "it says " + word : "";
    }
    if (at + 1 >= reader.size()) {
      return "it says FOR";
    }
    var next = reader.token(at + 1);
    var plain =
        next.kind() == Kind.NUMBER
            || AFTER_FOR.contains(reader.text(next).toUpperCase(Locale.ROOT));
    return plain ? "" : "it says FOR " + reader.text(next);
  }

  /// The names of common table expressions, and of windows.
  static List<ObjectName> inner(Reader reader) {
    var names = new ArrayList<ObjectName>();
    for (var at = 0; at + 2 < reader.size(); at++) {
      var kind = reader.token(at).kind();
      var named = kind == Kind.WORD || kind == Kind.QUOTED_NAME;
      if (named && reader.is(at + 1, "AS") && reader.is(at + 2, "(")) {
        names.add(ObjectName.of(Literals.value(reader.text(reader.token(at)))));
      }
    }
    return names;
  }
}
