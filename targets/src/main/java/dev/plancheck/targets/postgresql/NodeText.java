// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.postgresql;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Makes stored expressions (`pg_node_tree`) of different databases comparable: object ids of
/// users' objects become names, column numbers names of columns, and places in a source text go.
///
/// What cannot be named becomes a text of this database alone: never equal by accident, at the
/// price of sharing less. Numbers below [#FIRST_UNPINNED] mean the same in every database of one
/// major version, and that is part of a fingerprint too.
record NodeText(Catalogue catalogue, TypeNames types, Map<Integer, String> columns) {
  private static final long FIRST_UNPINNED = 12_000;

  private static final Set<String> PLACES =
      Set.of(":location", ":stmt_location", ":stmt_len", ":opfuncid", ":hashfuncid", ":negfuncid");
  private static final Set<String> FUNCTIONS = Set.of(":funcid", ":aggfnoid", ":winfnoid");
  private static final Set<String> COLUMNS = Set.of(":varattno", ":varattnosyn", ":varoattno");
  private static final Set<String> TYPES =
      Set.of(
          ":funcresulttype",
          ":opresulttype",
          ":consttype",
          ":resulttype",
          ":vartype",
          ":paramtype",
          ":casetype",
          ":array_typeid",
          ":element_typeid",
          ":coalescetype",
          ":minmaxtype",
          ":row_typeid",
          ":typeId",
          ":type",
          ":refcontainertype",
          ":refelemtype",
          ":refrestype");

  private static final Pattern TOKEN = Pattern.compile("[{}()\\[\\]]|(?:\\\\.|[^\\s{}()\\[\\]])+");
  private static final Pattern NOT_NULL =
      Pattern.compile(
          "\\{NULLTEST :arg \\{VAR [^{}]*:varattno (\\d+) [^{}]*\\} :nulltesttype 1"
              + " :argisrow false(?: :location -?\\d+)?\\}");

  /// The number of the column that a CHECK of just `column IS NOT NULL` speaks of.
  static OptionalInt notNullColumn(String tree) {
    var matcher = NOT_NULL.matcher(tree);
    return matcher.matches()
        ? OptionalInt.of(Integer.parseInt(matcher.group(1)))
        : OptionalInt.empty();
  }

  /// A digest of the expression, equal for expressions that mean the same objects by name.
  String comparable(String tree) {
    var text = new StringBuilder(tree.length());
    var tokens = TOKEN.matcher(tree);
    var field = "";
    var constantType = 0L;
    while (tokens.find()) {
      var token = tokens.group();
      if (token.startsWith(":")) {
        field = token;
        if (!PLACES.contains(token)) {
          text.append(token).append(' ');
        }
      } else if (field.equals(":constvalue") && !token.equals("<>")) {
        text.append(new Constant(constantType, bytes(tokens)).text(this)).append(' ');
        field = "";
      } else if (!PLACES.contains(field) || !isNumber(token)) {
        constantType = field.equals(":consttype") ? Long.parseLong(token) : constantType;
        text.append(value(field, token)).append(' ');
      }
    }
    return digest(text.toString());
  }

  String type(long oid) {
    if (oid < FIRST_UNPINNED) {
      return Long.toString(oid);
    }
    var type = catalogue.types.get(oid);
    return types.name(type == null ? null : type.name(), oid);
  }

  String function(long oid) {
    return oid < FIRST_UNPINNED
        ? Long.toString(oid)
        : types.name(catalogue.functions.get(oid), oid);
  }

  String relation(long oid) {
    if (oid < FIRST_UNPINNED) {
      return Long.toString(oid);
    }
    var relation = catalogue.relations.get(oid);
    return types.name(relation == null ? null : relation.name(), oid);
  }

  String collation(long oid) {
    return oid < FIRST_UNPINNED
        ? Long.toString(oid)
        : types.name(catalogue.collations.get(oid), oid);
  }

  String operatorClass(long oid) {
    return oid < FIRST_UNPINNED
        ? Long.toString(oid)
        : types.name(catalogue.operatorClasses.get(oid), oid);
  }

  private String operator(long oid) {
    if (oid < FIRST_UNPINNED) {
      return Long.toString(oid);
    }
    var operator = catalogue.operators.get(oid);
    return operator == null
        ? types.unknown(oid)
        : "%s(%s,%s)".formatted(operator.name(), type(operator.left()), type(operator.right()));
  }

  private String value(String field, String token) {
    if (!isNumber(token)) {
      return token;
    }
    var number = Long.parseLong(token);
    if (COLUMNS.contains(field)) {
      return columns.getOrDefault((int) number, token);
    }
    if (TYPES.contains(field)) {
      return type(number);
    }
    if (FUNCTIONS.contains(field)) {
      return function(number);
    }
    if (field.equals(":opno")) {
      return operator(number);
    }
    if (field.equals(":seqid")) {
      return relation(number);
    }
    if (field.endsWith("collid") || field.equals(":collOid")) {
      return collation(number);
    }
    // A type's modifier is no object id, however big; of other fields only small numbers are known
    // to be none.
    return number < FIRST_UNPINNED || field.endsWith("typmod") ? token : types.unknown(number);
  }

  private static List<Integer> bytes(Matcher tokens) {
    var bytes = new ArrayList<Integer>();
    while (tokens.find() && !tokens.group().equals("]")) {
      if (!tokens.group().equals("[")) {
        bytes.add(Integer.valueOf(tokens.group()) & 0xFF);
      }
    }
    return bytes;
  }

  private static boolean isNumber(String token) {
    var start = token.startsWith("-") ? 1 : 0;
    return token.length() > start
        && token.length() < 18
        && token.chars().skip(start).allMatch(letter -> '0' <= letter && letter <= '9');
  }

  static String digest(String text) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      var bytes = digest.digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(bytes, 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /// The bytes of a constant, lowest first as almost all servers keep them; object ids inside are
  /// named.
  private record Constant(long type, List<Integer> bytes) {
    private static final int ARRAY_HEADER = 16;

    String text(NodeText nodes) {
      if (type < FIRST_UNPINNED) {
        return builtIn(nodes);
      }
      var found = nodes.catalogue.types.get(type);
      if (found == null) {
        return nodes.types.unknown(type);
      }
      if (found.kind() == 'e') {
        return label(nodes, found, 0);
      }
      var element = found.category() == 'A' ? nodes.catalogue.types.get(found.element()) : null;
      return element == null ? nodes.types.unknown(type) : array(nodes, element);
    }

    /// regclass, regtype, regproc, regprocedure, regcollation, regnamespace hold object ids; any
    /// other built-in type of that family counts as unknown.
    private String builtIn(NodeText nodes) {
      return switch ((int) type) {
        case 2205 -> nodes.relation(oid(0));
        case 2206 -> nodes.type(oid(0));
        case 24, 2202 -> nodes.function(oid(0));
        case 2203, 2204 -> nodes.operator(oid(0));
        case 4191 -> nodes.collation(oid(0));
        case 26, 3734, 3769, 4089, 4096 ->
            oid(0) < FIRST_UNPINNED ? bytes.toString() : nodes.types.unknown(oid(0));
        default -> bytes.toString();
      };
    }

    /// Of one or more dimensions, without nulls: header (length, dimensions, offset of data,
    /// element type), sizes, lower bounds, data.
    private String array(NodeText nodes, Catalogue.Type element) {
      var dimensions = bytes.size() < ARRAY_HEADER ? -1 : oid(4);
      if (dimensions == 0) {
        return "{}";
      }
      if (element.kind() != 'e' || dimensions < 0 || oid(8) != 0) {
        return nodes.types.unknown(type);
      }
      var data = ARRAY_HEADER + 8 * (int) dimensions;
      var text = new StringBuilder(bytes.subList(ARRAY_HEADER, data).toString());
      for (var at = data; at + 4 <= bytes.size(); at += 4) {
        text.append(label(nodes, element, at)).append(',');
      }
      return text.toString();
    }

    private String label(NodeText nodes, Catalogue.Type type, int at) {
      return nodes.catalogue.labels(type).stream()
          .filter(label -> label.oid() == oid(at))
          .map(label -> "'" + label.text() + "'")
          .findFirst()
          .orElseGet(() -> nodes.types.unknown(oid(at)));
    }

    private long oid(int at) {
      return bytes.size() < at + 4
          ? 0
          : bytes.get(at)
              | bytes.get(at + 1) << 8
              | bytes.get(at + 2) << 16
              | (long) bytes.get(at + 3) << 24;
    }
  }
}
