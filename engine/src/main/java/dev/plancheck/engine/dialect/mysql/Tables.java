// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.dialect.mysql;

import dev.plancheck.engine.dialect.NotLowered;
import dev.plancheck.engine.dialect.mysql.Mark.Kind;
import dev.plancheck.engine.sql.ObjectName;
import dev.plancheck.engine.sql.Query;
import dev.plancheck.engine.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// What a statement reads and calls, from the grammar's marks.
final class Tables {
  /// Behind a table's name these are no alias.
  private static final Set<String> NO_ALIAS =
      Set.of(
          "SET",
          "JOIN",
          "LEFT",
          "RIGHT",
          "INNER",
          "OUTER",
          "CROSS",
          "NATURAL",
          "STRAIGHT_JOIN",
          "ON",
          "USING",
          "WHERE",
          "ORDER",
          "GROUP",
          "HAVING",
          "LIMIT",
          "USE",
          "FORCE",
          "IGNORE",
          "FOR",
          "UNION",
          "EXCEPT",
          "INTERSECT",
          "FROM",
          "SELECT",
          "VALUES",
          "VALUE",
          "READ",
          "WRITE",
          "LOW_PRIORITY",
          "LOCK",
          "WINDOW",
          "RETURNING",
          "INTO",
          "TABLESAMPLE");

  private Tables() {}

  static ObjectName named(Reader reader, Mark mark) {
    var names = names(reader, mark);
    var last = names.getLast();
    return names.size() == 1
        ? ObjectName.of(last)
        : new ObjectName(names.get(names.size() - 2), last);
  }

  /// A called function, in lower case as it is looked up; without brackets it is a keyword.
  static ObjectName call(Reader reader, Mark mark) {
    var name = named(reader, mark);
    return new ObjectName(name.schema(), name.name().toLowerCase(Locale.ROOT));
  }

  private static List<String> names(Reader reader, Mark mark) {
    var names = new ArrayList<String>();
    var token = true;
    for (var at = first(reader, mark.start()); at < reader.size(); at++) {
      if (reader.token(at).start() >= mark.end()) {
        break;
      }
      if (token != isName(reader, at)) {
        break;
      }
      if (token) {
        names.add(Literals.value(reader.text(reader.token(at))));
      } else if (!reader.is(at, ".")) {
        break;
      }
      token = !token;
    }
    if (names.isEmpty()) {
      throw new NotLowered("a name");
    }
    return names;
  }

  private static boolean isName(Reader reader, int at) {
    var kind = reader.token(at).kind();
    return kind == Token.Kind.WORD
        || kind == Token.Kind.QUOTED_NAME
        || kind == Token.Kind.NUMBER
        || kind == Token.Kind.STRING;
  }

  /// The first token that begins at a place of the script, or behind it.
  static int first(Reader reader, int start) {
    var low = 0;
    var high = reader.size();
    while (low < high) {
      var middle = (low + high) >>> 1;
      if (reader.token(middle).start() < start) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /// All tables and functions from one token on, but for those that the statement itself writes to.
  static Query query(Reader reader, int from, Set<ObjectName> written, List<Statement> writes) {
    var tables = new LinkedHashSet<ObjectName>();
    var functions = new LinkedHashSet<ObjectName>();
    var start = from < reader.size() ? reader.token(from).start() : Integer.MAX_VALUE;
    var own = withNames(reader);
    for (var mark : reader.marks()) {
      if (mark.kind() == Kind.CALL && mark.start() >= start) {
        functions.add(call(reader, mark));
      } else if (mark.kind() == Kind.TABLE && mark.start() >= start) {
        var table = named(reader, mark);
        if (table.schema() != null || !own.contains(table.name().toLowerCase(Locale.ROOT))) {
          tables.add(table);
        }
      }
    }
    tables.removeAll(written);
    return new Query(List.copyOf(tables), List.copyOf(functions), writes);
  }

  private static Set<String> withNames(Reader reader) {
    var names = new LinkedHashSet<String>();
    for (var mark : reader.marks()) {
      if (mark.kind() == Kind.WITH) {
        names.add(named(reader, mark).name().toLowerCase(Locale.ROOT));
      }
    }
    return names;
  }

  /// The tables between two tokens, in no subquery, by the name that the statement calls them.
  static Map<String, ObjectName> byAlias(Reader reader, int from, int to) {
    var tables = new LinkedHashMap<String, ObjectName>();
    var start = reader.token(from).start();
    var end = to < reader.size() ? reader.token(to).start() : Integer.MAX_VALUE;
    for (var mark : reader.marks()) {
      if (mark.kind() == Kind.TABLE && mark.within(start, end) && !reader.inQuery(mark, start)) {
        var table = named(reader, mark);
        tables.put(alias(reader, mark, table), table);
      }
    }
    return tables;
  }

  private static String alias(Reader reader, Mark mark, ObjectName table) {
    var at = first(reader, mark.end());
    if (at < reader.size() && reader.is(at, "PARTITION")) {
      while (at < reader.size() && !reader.is(at, ")")) {
        at++;
      }
      at++;
    }
    if (at < reader.size() && reader.is(at, "AS")) {
      at++;
    }
    if (at < reader.size()) {
      var token = reader.token(at);
      var text = reader.text(token);
      var word =
          token.kind() == Token.Kind.WORD && !NO_ALIAS.contains(text.toUpperCase(Locale.ROOT));
      if (word || token.kind() == Token.Kind.QUOTED_NAME) {
        return Literals.value(text);
      }
    }
    return table.name();
  }
}
