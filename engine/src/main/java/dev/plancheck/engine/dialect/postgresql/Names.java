// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.dialect.postgresql;

import dev.plancheck.engine.sql.ObjectName;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.tree.ParseTree;
import org.antlr.v4.runtime.tree.TerminalNode;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Schema_qualified_nameContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Schema_qualified_name_nontypeContext;

/// Names as the server will look them up: ASCII letters folded unless quoted, quotes and escapes
/// resolved, cut to 63 bytes (NAMEDATALEN - 1).
final class Names {
  private static final int MAX_BYTES = 63;

  private Names() {}

  /// A name as written in the script: `Book`, `"Book"`, `U&"\0042ook"`, the latter perhaps with
  /// UESCAPE behind it.
  static String fold(String written) {
    if (written.startsWith("\"")) {
      return truncated(unquoted(written, 1));
    }
    if (written.startsWith("U&\"") || written.startsWith("u&\"")) {
      return truncated(Literals.unicode(written, '"'));
    }
    return truncated(lower(written));
  }

  static String of(Origin origin, ParserRuleContext identifier) {
    return fold(origin.text(identifier));
  }

  static List<String> all(Origin origin, List<? extends ParserRuleContext> identifiers) {
    return identifiers.stream().map(identifier -> of(origin, identifier)).toList();
  }

  /// The last two parts of `[[database.]schema.]name`.
  static ObjectName object(Origin origin, Schema_qualified_nameContext name) {
    var parts = parts(origin, name);
    var schema = parts.size() > 1 ? parts.get(parts.size() - 2) : null;
    return new ObjectName(schema, parts.getLast());
  }

  static ObjectName object(Origin origin, Schema_qualified_name_nontypeContext name) {
    var parts = parts(origin, name);
    return new ObjectName(parts.size() > 1 ? parts.getFirst() : null, parts.getLast());
  }

  static List<ObjectName> objects(Origin origin, List<Schema_qualified_nameContext> names) {
    return names.stream().map(name -> object(origin, name)).toList();
  }

  /// A name of one part, or the last one of several.
  static String last(Origin origin, Schema_qualified_nameContext name) {
    return parts(origin, name).getLast();
  }

  static List<String> lasts(Origin origin, List<Schema_qualified_nameContext> names) {
    return names.stream().map(name -> last(origin, name)).toList();
  }

  /// Every part between the dots.
  static List<String> parts(Origin origin, ParserRuleContext name) {
    var parts = new ArrayList<String>();
    for (ParseTree child : name.children) {
      if (child instanceof ParserRuleContext part && !(child instanceof TerminalNode)) {
        parts.add(of(origin, part));
      }
    }
    return parts;
  }

  /// Only ASCII letters: what the server does in every encoding of several bytes.
  static String lower(String text) {
    var folded = new StringBuilder(text);
    for (var at = 0; at < folded.length(); at++) {
      var c = folded.charAt(at);
      if (c >= 'A' && c <= 'Z') {
        folded.setCharAt(at, (char) (c + ('a' - 'A')));
      }
    }
    return folded.toString();
  }

  private static String unquoted(String written, int prefix) {
    return written.substring(prefix, written.length() - 1).replace("\"\"", "\"");
  }

  private static String truncated(String name) {
    if (name.length() * 3 <= MAX_BYTES
        || name.getBytes(StandardCharsets.UTF_8).length <= MAX_BYTES) {
      return name;
    }
    var bytes = 0;
    var end = 0;
    while (end < name.length()) {
      var codePoint = name.codePointAt(end);
      bytes += codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
      if (bytes > MAX_BYTES) {
        break;
      }
      end += Character.charCount(codePoint);
    }
    return name.substring(0, end);
  }
}
