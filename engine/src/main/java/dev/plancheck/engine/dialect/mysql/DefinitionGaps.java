// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.dialect.mysql;

import dev.plancheck.engine.dialect.mysql.Token.Kind;
import java.util.Set;

/// What the grammars do not know of ALTER TABLE and of other definitions.
final class DefinitionGaps {
  /// An action of ALTER TABLE that all grammars know.
  private static final String ACTION = "FORCE";

  private static final Set<String> REPLACED = Set.of("EVENT", "USER", "ROLE", "SERVER");
  private static final Set<String> INDEX = Set.of("INDEX", "KEY");
  private static final Set<String> TABLESPACE = Set.of("DISCARD", "IMPORT");
  private static final Set<String> DATABASE = Set.of("DATABASE", "SCHEMA");

  private DefinitionGaps() {}

  static void both(Edits edits, int at) {
    if (isAction(edits, at) && edits.atAny(at, TABLESPACE) && edits.at(at + 1, "PARTITION")) {
      var end = edits.pastNames(at + 2);
      if (end > at + 2 && edits.at(end, "TABLESPACE")) {
        edits.show(at, end + 1, ACTION);
      }
    }
    if (isAction(edits, at) && edits.at(at, "REORGANIZE", "PARTITION") && at + 2 == edits.size()) {
      edits.show(at, at + 2, ACTION);
    }
    if (at == 2 && edits.at(0, "CREATE", "VIEW", "IF", "NOT", "EXISTS")) {
      edits.omit(2, 5);
    }
  }

  static void mariadb(Edits edits, int at) {
    if (edits.at(0, "ALTER")) {
      exists(edits, at);
      if (isAction(edits, at)) {
        action(edits, at);
      }
      if (edits.at(1, "SEQUENCE") && edits.at(at, "RESTART") && at + 1 == edits.size()) {
        edits.show(at, at + 1, "RESTART WITH 1");
      }
    }
    if (edits.at(0, "CREATE")) {
      created(edits, at);
    }
    if (at == 0) {
      statement(edits);
    }
  }

  /// Behind the table's name and what may follow it, or behind a comma: a grammar looks closer.
  private static boolean isAction(Edits edits, int at) {
    return edits.at(0, "ALTER")
        && at > 2
        && (edits.at(at - 1, ",") || edits.isName(at - 1) || edits.is(at - 1, Kind.NUMBER));
  }

  private static void exists(Edits edits, int at) {
    if ((edits.at(at, "RENAME") && edits.atAny(at + 1, INDEX) && edits.at(at + 2, "IF", "EXISTS"))
        || edits.at(at, "ALTER", "COLUMN", "IF", "EXISTS")) {
      edits.omit(at + 2, at + 4);
    } else if (at > 0 && edits.at(at, "ALTER", "IF", "EXISTS")) {
      edits.omit(at + 1, at + 3);
    } else if (edits.at(at, "ADD", "CONSTRAINT", "IF", "NOT", "EXISTS")) {
      edits.omit(at + 2, at + 5);
    }
  }

  private static void action(Edits edits, int at) {
    var end = at;
    if (edits.at(at, "ADD", "SYSTEM", "VERSIONING")
        || edits.at(at, "DROP", "SYSTEM", "VERSIONING")) {
      end = at + 3;
    } else if (edits.at(at, "ADD", "PERIOD")) {
      var name = edits.at(at + 2, "IF", "NOT", "EXISTS", "FOR") ? at + 6 : at + 3;
      var columns = edits.pastBrackets(name + 1);
      end = edits.at(name - 1, "FOR") && columns > name + 1 ? columns : at;
    } else if (edits.at(at, "DROP", "PERIOD")) {
      var name = edits.at(at + 2, "IF", "EXISTS", "FOR") ? at + 5 : at + 3;
      end = edits.at(name - 1, "FOR") && edits.isName(name) ? name + 1 : at;
    } else if (edits.at(at, "CONVERT", "PARTITION")
        && edits.isName(at + 2)
        && edits.at(at + 3, "TO", "TABLE")) {
      end = edits.pastObject(at + 5);
    } else if (edits.at(at, "CONVERT", "TABLE")) {
      end = convertedTable(edits, at);
    }
    if (end > at) {
      edits.show(at, end, ACTION);
    }
  }

  private static int convertedTable(Edits edits, int at) {
    var to = edits.pastObject(at + 2);
    if (to == at + 2 || !edits.at(to, "TO", "PARTITION") || !edits.isName(to + 2)) {
      return at;
    }
    if (edits.at(to + 3, "DEFAULT")) {
      return to + 4;
    }
    if (edits.at(to + 3, "VALUES", "LESS", "THAN", "MAXVALUE")) {
      return to + 7;
    }
    var values =
        edits.at(to + 3, "VALUES", "LESS", "THAN")
            ? to + 6
            : edits.at(to + 3, "VALUES", "IN") ? to + 5 : to;
    var end = edits.pastBrackets(values);
    return end > values ? end : at;
  }

  private static void created(Edits edits, int at) {
    loop(edits, at);
    if (at == 1 && edits.at(at, "OR", "REPLACE") && edits.atAny(at + 2, REPLACED)) {
      edits.omit(at, at + 2);
    }
    if (edits.atAny(1, DATABASE) && edits.at(at, "COMMENT")) {
      var text = edits.at(at + 1, "=") ? at + 2 : at + 1;
      if (edits.is(text, Kind.STRING)) {
        edits.omit(at, text + 1);
      }
    }
    if (edits.at(1, "ROLE") && edits.at(at, "WITH", "ADMIN") && at + 2 < edits.size()) {
      edits.omit(at, edits.size());
    }
  }

  /// FOR over numbers in a body.
  private static void loop(Edits edits, int at) {
    if (edits.at(at, "END", "FOR")) {
      edits.show(at + 1, at + 2, "WHILE");
    } else if (edits.at(at, "FOR") && edits.isName(at + 1) && edits.at(at + 2, "IN")) {
      for (var end = at + 3; end < edits.size() && !edits.at(end, "SELECT"); end++) {
        if (edits.at(end, "DO")) {
          edits.show(at, end, "WHILE 1");
          return;
        }
      }
    }
  }

  private static void statement(Edits edits) {
    if (edits.at(0, "CHECK", "VIEW")) {
      edits.show(1, 2, "TABLE");
    }
    if (edits.at(0, "SET", "DEFAULT", "ROLE") && edits.isName(3) && edits.at(4, "FOR")) {
      edits.show(4, 5, "TO");
    }
    if (edits.at(0, "ANALYZE", "TABLE")) {
      var at = edits.pastObject(2);
      if (edits.at(at, "PERSISTENT", "FOR", "ALL") && at + 3 == edits.size()) {
        edits.omit(at, at + 3);
      } else if (edits.at(at, "PERSISTENT", "FOR", "COLUMNS")) {
        var indexes = edits.pastBrackets(at + 3);
        var end = edits.at(indexes, "INDEXES") ? edits.pastBrackets(indexes + 1) : at;
        if (indexes > at + 3 && end > indexes + 1 && end == edits.size()) {
          edits.omit(at, end);
        }
      }
    }
  }
}
