// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.dialect.mysql;

import dev.plancheck.engine.dialect.NotLowered;
import dev.plancheck.engine.sql.ColumnConstraint;
import dev.plancheck.engine.sql.ColumnDefinition;
import dev.plancheck.engine.sql.Expression;
import dev.plancheck.engine.sql.ObjectName;
import dev.plancheck.engine.sql.TypeName;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What stands behind a column's name in CREATE TABLE, ADD, MODIFY and CHANGE.
final class Columns {
  /// What may follow a default's expression.
  private static final Set<String> AFTER_DEFAULT =
      Set.of(
          "NOT",
          "NULL",
          "ON",
          "AUTO_INCREMENT",
          "PRIMARY",
          "KEY",
          "UNIQUE",
          "COMMENT",
          "COLLATE",
          "COLUMN_FORMAT",
          "STORAGE",
          "GENERATED",
          "AS",
          "CONSTRAINT",
          "CHECK",
          "REFERENCES",
          "VISIBLE",
          "INVISIBLE",
          "ENGINE_ATTRIBUTE",
          "SECONDARY_ENGINE_ATTRIBUTE",
          "WITH",
          "WITHOUT",
          "FIRST",
          "AFTER",
          "CHARACTER",
          "CHARSET",
          "SRID",
          "REF_SYSTEM_ID",
          "COMPRESSED",
          ",");

  private static final Set<String> WITH_VALUE =
      Set.of(
          "COMMENT",
          "COLUMN_FORMAT",
          "STORAGE",
          "SRID",
          "REF_SYSTEM_ID",
          "ENGINE_ATTRIBUTE",
          "SECONDARY_ENGINE_ATTRIBUTE");

  private static final Set<String> NATIONAL = Set.of("NATIONAL", "NCHAR", "NVARCHAR");

  private static final Set<String> ALONE = Set.of("VISIBLE", "INVISIBLE", "BINARY", "BYTE");

  private final Reader reader;
  private final List<ColumnConstraint> constraints = new ArrayList<>();
  private @Nullable ObjectName collation;

  private Columns(Reader reader) {
    this.reader = reader;
  }

  /// A name and its definition, with the place behind it: FIRST or AFTER.
  static ColumnDefinition named(Reader reader) {
    var from = reader.index();
    return new Columns(reader).definition(reader.folded(), from);
  }

  private ColumnDefinition definition(String name, int from) {
    var type = type();
    while (!reader.atEnd() && !reader.at(",") && !reader.at(")")) {
      if (reader.at("FIRST") || reader.at("AFTER") || AlterOptions.partitions(reader)) {
        break;
      }
      attribute();
    }
    place();
    return new ColumnDefinition(name, type, collation, constraints, reader.since(from));
  }

  private void place() {
    var from = reader.index();
    if (reader.take("AFTER")) {
      add("AFTER", reader.folded(), from);
    } else if (reader.take("FIRST")) {
      add("FIRST", null, from);
    }
  }

  private void add(String words, @Nullable String value, int from) {
    constraints.add(new ColumnConstraint.Attribute(null, words, value, reader.since(from)));
  }

  /// SERIAL is a type with three properties, and NATIONAL tells a character set.
  private TypeName type() {
    var from = reader.index();
    if (!reader.take("SERIAL")) {
      var national = reader.atAny(NATIONAL);
      var type = Types.of(reader);
      if (national) {
        add("CHARACTER SET", "utf8", from);
      }
      return type;
    }
    var span = reader.since(from);
    constraints.add(new ColumnConstraint.NotNull(null, span));
    constraints.add(new ColumnConstraint.Identity(null, false, span));
    constraints.add(new ColumnConstraint.Unique(null, span));
    return TypeName.of("bigint unsigned");
  }

  private void attribute() {
    var from = reader.index();
    if (reader.take("NOT", "NULL")) {
      constraints.add(new ColumnConstraint.NotNull(null, reader.since(from)));
    } else if (reader.take("NULL")) {
      constraints.add(new ColumnConstraint.Null(null, reader.since(from)));
    } else if (reader.take("DEFAULT")) {
      var expression = defaultExpression(reader);
      constraints.add(new ColumnConstraint.Default(null, expression, reader.since(from)));
    } else if (reader.take("AUTO_INCREMENT")) {
      constraints.add(new ColumnConstraint.Identity(null, false, reader.since(from)));
    } else if (reader.take("PRIMARY", "KEY") || reader.take("KEY")) {
      constraints.add(new ColumnConstraint.PrimaryKey(Keys.PRIMARY, reader.since(from)));
    } else if (reader.take("UNIQUE")) {
      reader.take("KEY");
      constraints.add(new ColumnConstraint.Unique(null, reader.since(from)));
    } else if (reader.take("COLLATE")) {
      reader.take("=");
      collation = ObjectName.of(reader.folded());
    } else {
      checkedOrOther(from);
    }
  }

  private void checkedOrOther(int from) {
    String name = null;
    if (reader.take("CONSTRAINT") && !reader.at("CHECK")) {
      name = reader.folded();
    }
    if (reader.take("CHECK")) {
      var inside = reader.index();
      reader.skipBrackets();
      var expression = Expressions.of(reader, inside + 1, reader.index() - 1);
      var enforced = Keys.enforced(reader);
      constraints.add(new ColumnConstraint.Check(name, expression, !enforced, reader.since(from)));
    } else if (reader.take("REFERENCES")) {
      var table = reader.object();
      var columns = reader.at("(") ? Keys.columns(reader) : List.<String>of();
      Keys.skipReferenceOptions(reader);
      constraints.add(
          new ColumnConstraint.References(name, table, columns, false, reader.since(from)));
    } else if (reader.take("GENERATED", "ALWAYS", "AS") || reader.take("AS")) {
      generated(from);
    } else {
      other(from);
    }
  }

  private void generated(int from) {
    var inside = reader.index();
    if (reader.take("ROW")) {
      add("ROW " + reader.word(), null, from);
      reader.take();
      return;
    }
    reader.skipBrackets();
    var expression = Expressions.of(reader, inside + 1, reader.index() - 1);
    var stored = reader.take("STORED") || reader.take("PERSISTENT");
    reader.take("VIRTUAL");
    constraints.add(new ColumnConstraint.Generated(null, expression, stored, reader.since(from)));
  }

  private void other(int from) {
    if (reader.take("ON", "UPDATE")) {
      var inside = reader.index();
      reader.name();
      if (reader.at("(")) {
        reader.skipBrackets();
      }
      add("ON UPDATE", reader.text(reader.since(inside)), from);
    } else if (reader.take("CHARACTER", "SET")
        || reader.take("CHAR", "SET")
        || reader.take("CHARSET")) {
      reader.take("=");
      add("CHARACTER SET", reader.folded(), from);
    } else if (reader.take("ASCII")) {
      add("CHARACTER SET", "latin1", from);
    } else if (reader.take("UNICODE")) {
      add("CHARACTER SET", "ucs2", from);
    } else if (reader.atAny(WITH_VALUE)) {
      var words = reader.word();
      reader.take();
      reader.take("=");
      add(words, Literals.value(reader.text(reader.take())), from);
    } else if (reader.take("WITH", "SYSTEM", "VERSIONING")
        || reader.take("WITHOUT", "SYSTEM", "VERSIONING")) {
      add(reader.part(from, reader.size()).words(1) + " SYSTEM VERSIONING", null, from);
    } else if (reader.take("COMPRESSED")) {
      add("COMPRESSED", reader.take("=") ? reader.folded() : null, from);
    } else if (reader.atAny(ALONE)) {
      var words = reader.word();
      reader.take();
      add(words, null, from);
    } else {
      throw new NotLowered("the column property " + reader.word());
    }
  }

  /// An expression in brackets, a literal or a call: what follows is told by its first word.
  static Expression defaultExpression(Reader reader) {
    var from = reader.index();
    if (reader.at("(")) {
      reader.skipBrackets();
    } else {
      reader.take();
      reader.skipTo(AFTER_DEFAULT);
    }
    return Expressions.of(reader, from, reader.index());
  }
}
