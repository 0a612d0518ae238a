// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.dialect.mysql;

import dev.plancheck.engine.dialect.mysql.Token.Kind;
import java.util.Set;

/// What the grammars do not know of the columns, keys and partitions of MariaDB.
final class ColumnGaps {
  private static final Set<String> TYPES = Set.of("INET4", "INET6", "UUID", "XMLTYPE");
  private static final Set<String> VERSIONING = Set.of("WITH", "WITHOUT");
  private static final Set<String> ROW = Set.of("START", "END");
  private static final Set<String> VALUE = Set.of("NEXT", "PREVIOUS");
  private static final Set<String> ACTION = Set.of("DELETE", "UPDATE");
  private static final Set<String> DEFINITION = Set.of("CREATE", "ALTER");

  private ColumnGaps() {}

  static void mariadb(Edits edits, int at) {
    if (edits.atAny(0, DEFINITION)) {
      type(edits, at);
      property(edits, at);
      key(edits, at);
    } else if (edits.at(at - 1, "AS") && edits.at(at + 1, ")") && edits.atAny(at, TYPES)) {
      edits.show(at, at + 1, "DATE");
    }
    if (edits.atAny(at, VALUE) && edits.at(at + 1, "VALUE", "FOR")) {
      var end = edits.pastObject(at + 3);
      if (end > at + 3) {
        edits.show(at, end, "1");
      }
    }
  }

  /// Behind a column's name, or in CAST.
  private static void type(Edits edits, int at) {
    var place = edits.at(at - 1, "AS") || (at > 0 && edits.isName(at - 1));
    if (place && edits.atAny(at, TYPES)) {
      edits.show(at, at + 1, "DATE");
    }
  }

  private static void property(Edits edits, int at) {
    if (edits.at(at, "COMPRESSED") && !edits.at(at - 1, "=") && !edits.at(at - 1, "ROW_FORMAT")) {
      edits.omit(at, edits.at(at + 1, "=") && edits.isName(at + 2) ? at + 3 : at + 1);
    } else if (edits.atAny(at, VERSIONING) && edits.at(at + 1, "SYSTEM", "VERSIONING")) {
      edits.omit(at, at + 3);
    } else if (edits.at(at, "GENERATED", "ALWAYS", "AS", "ROW") && edits.atAny(at + 4, ROW)) {
      edits.omit(at, at + 5);
    } else if (edits.at(at, "AS", "ROW")
        && edits.atAny(at + 2, ROW)
        && !edits.at(at - 1, "ALWAYS")) {
      edits.omit(at, at + 3);
    } else if (edits.at(at, "REF_SYSTEM_ID", "=") && edits.is(at + 2, Kind.NUMBER)) {
      edits.omit(at, at + 3);
    }
  }

  private static void key(Edits edits, int at) {
    if (edits.at(at, "WITHOUT", "OVERLAPS") && edits.at(at + 2, ")")) {
      edits.omit(at, at + 2);
    } else if (edits.at(at, "ON")
        && edits.atAny(at + 1, ACTION)
        && edits.at(at + 2, "SET", "DEFAULT")) {
      edits.show(at + 3, at + 4, "NULL");
    } else if (edits.at(at, "PARTITION") && edits.isName(at + 1) && edits.at(at + 2, "DEFAULT")) {
      edits.show(at + 2, at + 3, "VALUES IN (0)");
    } else if (edits.at(at, "BY", "SYSTEM_TIME", "(")) {
      edits.show(at + 1, at + 2, "SYSTEM_TIME LIMIT 1");
    }
  }
}
