// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.online;

import dev.plancheck.engine.schema.Table.Column;
import dev.plancheck.engine.sql.TypeName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// Whether one type can become another without touching the rows.
record Types(Server server, TableFacts facts) {
  /// A length of one byte is written up to this many bytes.
  private static final int BORDER = 255;

  /// MariaDB leaves a bit of that byte to tell lengths of two.
  private static final int MARIADB_BORDER = 127;

  private static final Set<String> INTEGERS =
      Set.of("tinyint", "smallint", "mediumint", "int", "bigint", "year");

  /// What the server fills in.
  private static final Map<String, List<Integer>> USUAL =
      Map.of(
          "decimal", List.of(10, 0),
          "char", List.of(1),
          "binary", List.of(1),
          "bit", List.of(1),
          "datetime", List.of(0),
          "timestamp", List.of(0),
          "time", List.of(0));

  sealed interface Answer {
    record Same() implements Answer {}

    record Is(Operation operation) implements Answer {}

    record NotKnown(String why) implements Answer {}
  }

  Answer compare(Column old, Column changed) {
    var from = old.type();
    var to = changed.type();
    if (name(from).equals(name(to))) {
      switch (name(from)) {
        case "enum", "set" -> {
          return list(name(from), members(from), members(to));
        }
        case "varchar", "varbinary" -> {
          return widened(old, changed);
        }
        default -> {
          if (modifiers(from).equals(modifiers(to)) && sameFields(from, to)) {
            return new Answer.Same();
          }
        }
      }
    }
    return new Answer.Is(Operation.COPY);
  }

  private static boolean sameFields(TypeName from, TypeName to) {
    return String.valueOf(from.fields()).equalsIgnoreCase(String.valueOf(to.fields()));
  }

  /// JSON of MariaDB is a LONGTEXT with a CHECK.
  private String name(TypeName type) {
    return server.isMariadb() && type.name().equals("json") ? "longtext" : type.name();
  }

  /// The width of integers is only for show.
  private static List<Integer> modifiers(TypeName type) {
    var bare = type.name().replace(" unsigned", "");
    if (INTEGERS.contains(bare)) {
      return List.of();
    }
    var modifiers = new ArrayList<>(type.modifiers());
    var usual = USUAL.getOrDefault(bare, List.of());
    for (var at = modifiers.size(); at < usual.size(); at++) {
      modifiers.add(usual.get(at));
    }
    return modifiers;
  }

  private Answer widened(Column old, Column changed) {
    if (old.type().modifiers().isEmpty() || changed.type().modifiers().isEmpty()) {
      return new Answer.NotKnown("how long %s may be is not known".formatted(changed.name()));
    }
    int from = old.type().modifiers().getFirst();
    int to = changed.type().modifiers().getFirst();
    if (to < from) {
      return new Answer.Is(Operation.COPY);
    }
    var text = old.type().name().equals("varchar");
    var fromCharset = text ? Texts.charset(old) : "binary";
    var toCharset = text ? Texts.charset(changed) : "binary";
    if (fromCharset == null || toCharset == null) {
      return to == from && Objects.equals(fromCharset, toCharset)
          ? new Answer.Same()
          : new Answer.NotKnown(
              "how many bytes a character of %s takes is not known".formatted(changed.name()));
    }
    var fromBytes = from * Texts.bytes(fromCharset);
    var toBytes = to * Texts.bytes(toCharset);
    if (fromBytes <= BORDER && toBytes > BORDER) {
      return new Answer.Is(acrossBorder(fromBytes));
    }
    return to == from ? new Answer.Same() : new Answer.Is(Operation.WIDEN);
  }

  private Operation acrossBorder(int fromBytes) {
    return server.isMysql() || fromBytes <= MARIADB_BORDER || facts.hasRedundantRows()
        ? Operation.WIDEN_OVER_BORDER
        : Operation.COPY;
  }

  private Answer list(String type, List<String> from, List<String> to) {
    if (from.equals(to)) {
      return new Answer.Same();
    }
    var appended = to.size() > from.size() && to.subList(0, from.size()).equals(from);
    // Measured: MySQL 8.0 copies for each new member of a SET of eight bytes, MySQL 5.7 does not.
    var copied =
        server.isMysql() && server.isAtLeast(8, 0, 0) && type.equals("set") && to.size() > 32;
    return new Answer.Is(
        appended && !copied && bytes(type, from.size()) == bytes(type, to.size())
            ? Operation.COLUMN_PROPERTY
            : Operation.COPY);
  }

  /// How many bytes a row takes for one value.
  private static int bytes(String type, int members) {
    if (type.equals("enum")) {
      return members > 255 ? 2 : 1;
    }
    var bytes = (members + 7) / 8;
    return bytes > 4 ? 8 : bytes;
  }

  /// From `('a','b')`, quotes inside doubled; empty if it is written otherwise.
  private static List<String> members(TypeName type) {
    var members = new ArrayList<String>();
    var text = type.fields() == null ? "" : type.fields();
    var member = new StringBuilder();
    var inside = false;
    for (var at = 0; at < text.length(); at++) {
      var c = text.charAt(at);
      var twice = inside && at + 1 < text.length() && text.charAt(at + 1) == c;
      if (inside && c == '\\' && at + 1 < text.length()) {
        member.append(c).append(text.charAt(++at));
      } else if (c == '\'' && twice) {
        member.append(c);
        at++;
      } else if (c == '\'') {
        inside = !inside;
        if (!inside) {
          members.add(member.toString());
          member.setLength(0);
        }
      } else if (inside) {
        member.append(c);
      }
    }
    return members;
  }
}
