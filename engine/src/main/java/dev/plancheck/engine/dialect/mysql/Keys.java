// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.dialect.mysql;

import dev.plancheck.engine.dialect.NotLowered;
import dev.plancheck.engine.dialect.mysql.Token.Kind;
import dev.plancheck.engine.sql.Statement.IndexPart;
import dev.plancheck.engine.sql.TableConstraint;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Indexes and constraints of a table, and their parts.
final class Keys {
  private static final Set<String> BEGINNINGS =
      Set.of(
          "CONSTRAINT",
          "PRIMARY",
          "UNIQUE",
          "INDEX",
          "KEY",
          "FULLTEXT",
          "SPATIAL",
          "FOREIGN",
          "CHECK");

  private static final Set<String> TYPES = Set.of("FULLTEXT", "SPATIAL", "VECTOR");
  private static final Set<String> NUMBERED =
      Set.of(
          "KEY_BLOCK_SIZE",
          "COMMENT",
          "USING",
          "TYPE",
          "ENGINE_ATTRIBUTE",
          "SECONDARY_ENGINE_ATTRIBUTE",
          "CLUSTERING",
          "M",
          "DISTANCE");
  private static final Set<String> ALONE = Set.of("VISIBLE", "INVISIBLE", "IGNORED");

  /// What the server calls a primary key, whatever name is written.
  static final String PRIMARY = "primary";

  private Keys() {}

  /// Whether a constraint or an index begins here, and not a column of that name.
  static boolean begins(Reader reader) {
    return reader.atAny(BEGINNINGS) || reader.at("VECTOR", "INDEX") || reader.at("VECTOR", "KEY");
  }

  static TableConstraint of(Reader reader) {
    var from = reader.index();
    String name = null;
    if (reader.take("CONSTRAINT")) {
      reader.ifNotExists();
      name = isKind(reader) ? null : reader.folded();
    }
    if (reader.take("PRIMARY", "KEY")) {
      return primary(reader, from);
    }
    if (reader.take("UNIQUE")) {
      reader.take(reader.at("INDEX") ? "INDEX" : "KEY");
      reader.ifNotExists();
      var own = indexName(reader);
      var columns = columns(reader);
      skipOptions(reader);
      return new TableConstraint.Unique(
          own == null ? name : own, columns, null, reader.since(from));
    }
    if (reader.take("FOREIGN", "KEY")) {
      return foreign(reader, name, from);
    }
    if (reader.take("CHECK")) {
      var inside = reader.index();
      reader.skipBrackets();
      var expression = Expressions.of(reader, inside + 1, reader.index() - 1);
      var enforced = enforced(reader);
      return new TableConstraint.Check(name, expression, !enforced, reader.since(from));
    }
    return index(reader, from);
  }

  private static boolean isKind(Reader reader) {
    return reader.at("PRIMARY", "KEY")
        || reader.at("FOREIGN", "KEY")
        || reader.at("CHECK", "(")
        || reader.at("UNIQUE");
  }

  private static TableConstraint primary(Reader reader, int from) {
    reader.ifNotExists();
    indexName(reader);
    var columns = columns(reader);
    skipOptions(reader);
    return new TableConstraint.PrimaryKey(PRIMARY, columns, null, reader.since(from));
  }

  private static TableConstraint foreign(Reader reader, @Nullable String name, int from) {
    reader.ifNotExists();
    var own = indexName(reader);
    var columns = columns(reader);
    reader.expect("REFERENCES");
    var table = reader.object();
    var referenced = reader.at("(") ? columns(reader) : List.<String>of();
    skipReferenceOptions(reader);
    return new TableConstraint.ForeignKey(
        name == null ? own : name, columns, table, referenced, false, reader.since(from));
  }

  private static TableConstraint index(Reader reader, int from) {
    var method = "btree";
    if (reader.atAny(TYPES)) {
      method = reader.word().toLowerCase(Locale.ROOT);
      reader.take();
    }
    if (!reader.take("INDEX")) {
      reader.take("KEY");
    }
    reader.ifNotExists();
    var name = indexName(reader);
    var parts = parts(reader);
    skipOptions(reader);
    return new TableConstraint.Index(name, method, parts, reader.since(from));
  }

  /// Also skips `USING BTREE` before the columns.
  private static @Nullable String indexName(Reader reader) {
    var name = reader.at("(") || reader.at("USING") ? null : reader.folded();
    if (reader.take("USING") || reader.take("TYPE")) {
      reader.take();
    }
    return name;
  }

  /// Names in brackets, lengths and directions left aside; an expression has no name.
  static List<String> columns(Reader reader) {
    var columns = new ArrayList<String>();
    for (var part : parts(reader)) {
      if (part.column() != null) {
        columns.add(part.column());
      }
    }
    return columns;
  }

  static List<IndexPart> parts(Reader reader) {
    var parts = new ArrayList<IndexPart>();
    reader.expect("(");
    do {
      var from = reader.index();
      var named = !reader.at("(");
      reader.skipTo(Set.of(","));
      if (reader.is(reader.index() - 1, "OVERLAPS")) {
        throw new NotLowered("a key WITHOUT OVERLAPS");
      }
      var expression = Expressions.of(reader, from, named ? from + 1 : withoutDirection(reader));
      parts.add(new IndexPart(named ? Names.fold(nameAt(reader, from)) : null, expression));
    } while (reader.take(","));
    reader.expect(")");
    return parts;
  }

  private static int withoutDirection(Reader reader) {
    var last = reader.index() - 1;
    return reader.is(last, "ASC") || reader.is(last, "DESC") ? last : last + 1;
  }

  private static String nameAt(Reader reader, int index) {
    return Literals.value(reader.text(reader.token(index)));
  }

  /// False behind NOT ENFORCED.
  static boolean enforced(Reader reader) {
    if (reader.take("NOT", "ENFORCED")) {
      return false;
    }
    reader.take("ENFORCED");
    return true;
  }

  /// MATCH, ON DELETE and ON UPDATE.
  static void skipReferenceOptions(Reader reader) {
    if (reader.take("MATCH")) {
      reader.take();
    }
    while (reader.at("ON", "DELETE") || reader.at("ON", "UPDATE")) {
      reader.take();
      reader.take();
      if (!reader.take("SET", "NULL")
          && !reader.take("SET", "DEFAULT")
          && !reader.take("NO", "ACTION")) {
        reader.take();
      }
    }
  }

  /// What may stand behind the columns of an index.
  static void skipOptions(Reader reader) {
    while (!reader.atEnd()) {
      if (reader.atAny(NUMBERED)) {
        reader.take();
        reader.take("=");
        reader.take();
      } else if (reader.take("WITH", "PARSER")) {
        reader.name();
      } else if (reader.at("NOT", "IGNORED")) {
        reader.take();
      } else if (reader.atAny(ALONE) && reader.current().kind() == Kind.WORD) {
        reader.take();
      } else {
        return;
      }
    }
  }
}
