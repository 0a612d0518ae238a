// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.dialect.mysql;

import dev.plancheck.engine.sql.Expression;
import dev.plancheck.engine.sql.ObjectName;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// Which rows of joined tables a statement without WHERE is about: the condition of a join leaves
/// rows out just as a WHERE does, but for those of the outer side.
///
/// Tables in brackets, and those of which ON comes twice, count as not restricted.
final class Joins {
  private static final Set<String> ENDS_TABLE =
      Set.of(
          ",",
          "JOIN",
          "INNER",
          "CROSS",
          "STRAIGHT_JOIN",
          "NATURAL",
          "LEFT",
          "RIGHT",
          "ON",
          "USING");

  private enum Side {
    BOTH,
    /// All rows on the left stay.
    RIGHT,
    /// All rows on the right stay.
    LEFT
  }

  private final Reader reader;
  private final Map<String, ObjectName> tables = new LinkedHashMap<>();
  private final Map<String, Expression> conditions = new HashMap<>();
  private final Set<String> left = new HashSet<>();

  private Joins(Reader reader) {
    this.reader = reader;
  }

  /// Of each table between two tokens that a condition restricts, the first such condition; one
  /// that is joined with itself has to be restricted under each of its names.
  static Map<ObjectName, Expression> conditions(Reader reader, int from, int to) {
    var joins = new Joins(reader.part(from, to));
    joins.read();
    return joins.byTable();
  }

  private Map<ObjectName, Expression> byTable() {
    var found = new HashMap<ObjectName, Expression>();
    var all = new HashSet<ObjectName>();
    tables.forEach((alias, table) -> {
      var condition = conditions.get(alias);
      if (condition == null) {
        all.add(table);
      } else {
        found.putIfAbsent(table, condition);
      }
    });
    found.keySet().removeAll(all);
    return found;
  }

  private void read() {
    left.addAll(table());
    while (!reader.atEnd()) {
      if (reader.take(",")) {
        left.clear();
        left.addAll(table());
      } else if (reader.at("ON") || reader.at("USING")) {
        reader.take();
        skipCondition();
      } else {
        join();
      }
    }
  }

  private void join() {
    var begin = reader.index();
    var natural = reader.take("NATURAL");
    var side = Side.BOTH;
    if (reader.take("LEFT")) {
      side = Side.RIGHT;
    } else if (reader.take("RIGHT")) {
      side = Side.LEFT;
    }
    reader.skipTo(Set.of("JOIN", "STRAIGHT_JOIN"));
    if (reader.atEnd()) {
      return;
    }
    reader.take();
    var right = table();
    if (natural) {
      restrict(side, right, Expressions.of(reader, begin, reader.index()));
    } else if (reader.take("ON") || reader.take("USING")) {
      var condition = reader.index();
      skipCondition();
      restrict(side, right, Expressions.condition(reader, condition, reader.index()));
    }
    left.addAll(right);
  }

  private void restrict(Side side, Set<String> right, Expression condition) {
    if (side != Side.RIGHT) {
      left.forEach(alias -> conditions.putIfAbsent(alias, condition));
    }
    if (side != Side.LEFT) {
      right.forEach(alias -> conditions.putIfAbsent(alias, condition));
    }
  }

  /// What the next table is called; none for a subquery, which is not written to.
  private Set<String> table() {
    var from = reader.index();
    if (reader.at("(")) {
      reader.skipBrackets();
      from = reader.index();
    }
    skipToEndOfTable();
    if (from == reader.index()) {
      return Set.of();
    }
    var found = Tables.byAlias(reader, from, reader.index());
    tables.putAll(found);
    return found.keySet();
  }

  /// Index hints may hold the word JOIN.
  private void skipToEndOfTable() {
    reader.skipTo(ENDS_TABLE);
    while (!reader.atEnd() && reader.index() > 0 && reader.is(reader.index() - 1, "FOR")) {
      reader.take();
      reader.skipTo(ENDS_TABLE);
    }
  }

  /// LEFT and RIGHT are also functions.
  private void skipCondition() {
    do {
      reader.skipTo(ENDS_TABLE);
      if (!isCall()) {
        return;
      }
      reader.take();
    } while (!reader.atEnd());
  }

  private boolean isCall() {
    return (reader.at("LEFT") || reader.at("RIGHT"))
        && reader.index() + 1 < reader.size()
        && reader.is(reader.index() + 1, "(");
  }
}
