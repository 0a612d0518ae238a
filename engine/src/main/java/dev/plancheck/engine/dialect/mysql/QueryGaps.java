// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.dialect.mysql;

import dev.plancheck.engine.dialect.mysql.Token.Kind;
import java.util.Set;

/// What the grammars do not know of queries, of writes, and of statements about a session.
final class QueryGaps {
  private static final Set<String> ROWS = Set.of("ROW", "ROWS");
  private static final Set<String> FIRST = Set.of("FIRST", "NEXT");
  private static final Set<String> SIGNS = Set.of("+", "-");
  private static final Set<String> MODES = Set.of("ONLY", "WRITE");
  private static final Set<String> KINDS_OF_TIME = Set.of("TIMESTAMP", "TRANSACTION", "DATE");
  private static final Set<Kind> LITERALS = Set.of(Kind.STRING, Kind.NUMBER, Kind.VARIABLE);

  private QueryGaps() {}

  static void both(Edits edits, int at) {
    // A second characteristic of the transaction; the first is the snapshot.
    if (at == 5
        && edits.at(0, "START", "TRANSACTION", "WITH", "CONSISTENT", "SNAPSHOT", ",", "READ")
        && edits.atAny(7, MODES)
        && edits.size() == 8) {
      edits.omit(5, 8);
    } else if (at == 4
        && edits.at(0, "START", "TRANSACTION", "READ")
        && edits.atAny(3, MODES)
        && edits.at(4, ",", "WITH", "CONSISTENT", "SNAPSHOT")
        && edits.size() == 8) {
      edits.omit(4, 8);
    }
  }

  static void mysql(Edits edits, int at) {
    if (edits.at(at, "RETURNING") && edits.isName(at + 1) && !edits.at(at - 1, ")")) {
      var end = edits.pastBrackets(at + 2);
      if (edits.at(end, ")")) {
        edits.omit(at, end);
      }
    }
    if (at == 0 && edits.at(0, "EXPLAIN", "INTO") && edits.is(2, Kind.VARIABLE)) {
      edits.omit(1, 3);
    }
    if (at == 0 && edits.at(0, "ALTER", "USER") && !edits.at(2, "IF", "NOT")) {
      edits.show(0, 1, "CREATE");
      edits.omit(2, edits.at(2, "IF", "EXISTS") ? 4 : 2);
    }
    locking(edits, at);
  }

  /// Grammars that are told 5.7 know neither of the two ways of it.
  private static void locking(Edits edits, int at) {
    if (edits.at(0, "SELECT") && at + 2 == edits.size() && edits.at(at, "FOR", "UPDATE")) {
      edits.omit(at, at + 2);
    } else if (edits.at(0, "SELECT")
        && at + 4 == edits.size()
        && edits.at(at, "LOCK", "IN", "SHARE", "MODE")) {
      edits.omit(at, at + 4);
    }
  }

  static void mariadb(Edits edits, int at) {
    if (edits.at(at, "FOR", "SYSTEM_TIME")) {
      edits.omit(at, pastPeriod(edits, at + 2, at));
    } else if (edits.at(at, "FOR", "PORTION", "OF") && edits.isName(at + 3)) {
      edits.omit(at, pastRange(edits, at + 4, at));
    } else if (edits.at(at - 1, ")") && edits.at(at, "CYCLE")) {
      var end = edits.pastNames(at + 1);
      if (end > at + 1 && edits.at(end, "RESTRICT")) {
        edits.omit(at, end + 1);
      }
    } else if (edits.at(at, "ROWS", "EXAMINED") && edits.is(at + 2, Kind.NUMBER)) {
      edits.omit(at, at + 3);
    } else if (edits.at(at, "OFFSET")
        && edits.is(at + 1, Kind.NUMBER)
        && edits.atAny(at + 2, ROWS)) {
      edits.omit(at, at + 3);
    } else if (edits.at(at, "FETCH") && edits.atAny(at + 1, FIRST)) {
      edits.omit(at, pastFetch(edits, at));
    } else if (edits.at(at - 1, "(") && edits.at(at, "VALUES", "(")) {
      rows(edits, at + 1);
    }
  }

  private static int pastFetch(Edits edits, int at) {
    var rows = edits.is(at + 2, Kind.NUMBER) ? at + 3 : at + 2;
    if (!edits.atAny(rows, ROWS)) {
      return at;
    }
    return edits.at(rows + 1, "ONLY")
        ? rows + 2
        : edits.at(rows + 1, "WITH", "TIES") ? rows + 3 : at;
  }

  private static void rows(Edits edits, int from) {
    for (var at = from; edits.at(at, "("); at++) {
      var end = edits.pastBrackets(at);
      if (end == at) {
        return;
      }
      edits.show(at, at + 1, "ROW(");
      at = end;
      if (!edits.at(at, ",")) {
        return;
      }
    }
  }

  /// Behind a time of rows' versions, or `otherwise` where it is none.
  private static int pastPeriod(Edits edits, int at, int otherwise) {
    if (edits.at(at, "ALL")) {
      return at + 1;
    }
    if (edits.at(at, "AS", "OF")) {
      var end = pastTime(edits, at + 2);
      return end > at + 2 ? end : otherwise;
    }
    if (edits.at(at, "BETWEEN")) {
      var and = pastTime(edits, at + 1);
      var end = edits.at(and, "AND") ? pastTime(edits, and + 1) : and;
      return and > at + 1 && end > and + 1 ? end : otherwise;
    }
    return pastRange(edits, at, otherwise);
  }

  private static int pastRange(Edits edits, int at, int otherwise) {
    if (!edits.at(at, "FROM")) {
      return otherwise;
    }
    var to = pastTime(edits, at + 1);
    var end = edits.at(to, "TO") ? pastTime(edits, to + 1) : to;
    return to > at + 1 && end > to + 1 ? end : otherwise;
  }

  /// Behind a literal, a variable, or a call, with what is added to it; the same place if there is
  /// none.
  private static int pastTime(Edits edits, int from) {
    var end = pastOne(edits, from);
    while (end > from && edits.atAny(end, SIGNS)) {
      var interval = edits.at(end + 1, "INTERVAL");
      var next = pastOne(edits, interval ? end + 2 : end + 1);
      if (next <= end + 1) {
        return from;
      }
      end = interval ? next + 1 : next;
    }
    return end;
  }

  private static int pastOne(Edits edits, int from) {
    var at = edits.atAny(from, KINDS_OF_TIME) && !edits.at(from + 1, "(") ? from + 1 : from;
    for (var kind : LITERALS) {
      if (edits.is(at, kind)) {
        return at + 1;
      }
    }
    return edits.is(at, Kind.WORD) && at + 1 <= edits.size()
        ? edits.at(at + 1, "(") ? edits.pastBrackets(at + 1) : at + 1
        : from;
  }
}
