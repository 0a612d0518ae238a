// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.dialect.postgresql;

import dev.plancheck.engine.dialect.NotLowered;
import dev.plancheck.engine.sql.TypeName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Data_typeContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Interval_fieldContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Precision_paramContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Predefined_typeContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Type_lengthContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.VexContext;

/// Type names under the catalogue's own names, with the modifiers that the server fills in
/// (PostgreSQL manual, "Data Types"; gram.y rules `Numeric`, `Character`, `Bit`, `ConstDatetime`).
final class Types {
  /// More digits than this make FLOAT(n) a double.
  private static final int MAX_SINGLE_PRECISION = 24;

  private static final Map<String, String> ALIASES =
      Map.of(
          "serial2",
          "smallserial",
          "serial4",
          "serial",
          "serial8",
          "bigserial",
          "dec",
          "numeric",
          "decimal",
          "numeric");

  private Types() {}

  static TypeName of(Origin origin, Data_typeContext type) {
    var base = base(origin, type.predefined_type());
    var array = type.ARRAY() != null || !type.array_type().isEmpty();
    return new TypeName(base.schema(), base.name(), base.modifiers(), base.fields(), array);
  }

  private static TypeName base(Origin origin, Predefined_typeContext type) {
    if (type.schema_qualified_name_nontype() != null) {
      return named(origin, type);
    }
    return switch (type.getStart().getText().toUpperCase(java.util.Locale.ROOT)) {
      case "BIGINT" -> TypeName.of("int8");
      case "INT", "INTEGER" -> TypeName.of("int4");
      case "SMALLINT" -> TypeName.of("int2");
      case "BOOLEAN" -> TypeName.of("bool");
      case "REAL" -> TypeName.of("float4");
      case "DOUBLE" -> TypeName.of("float8");
      case "FLOAT" -> floating(precision(type.precision_param()));
      case "DEC", "DECIMAL", "NUMERIC" -> numeric(precision(type.precision_param()));
      case "BIT" -> lengthed(type, "varbit", "bit");
      case "VARCHAR" -> with("varchar", length(type.type_length()));
      case "CHARACTER", "CHAR", "NATIONAL", "NCHAR" -> lengthed(type, "varchar", "bpchar");
      case "TIME" -> with(type.WITH() == null ? "time" : "timetz", length(type.type_length()));
      case "TIMESTAMP" ->
          with(type.WITH() == null ? "timestamp" : "timestamptz", length(type.type_length()));
      case "INTERVAL" -> interval(type);
      default -> throw new NotLowered("the type " + origin.text(type));
    };
  }

  private static TypeName with(String name, List<Integer> modifiers) {
    return new TypeName(null, name, modifiers, null, false);
  }

  /// `varchar` without a length has no limit, `char` and `bit` without one have length 1.
  private static TypeName lengthed(Predefined_typeContext type, String varying, String fixed) {
    var length = length(type.type_length());
    if (type.VARYING() != null) {
      return with(varying, length);
    }
    return with(fixed, length.isEmpty() ? List.of(1) : length);
  }

  private static TypeName floating(List<Integer> precision) {
    var single = !precision.isEmpty() && precision.getFirst() <= MAX_SINGLE_PRECISION;
    return TypeName.of(single ? "float4" : "float8");
  }

  /// `numeric(10)` is `numeric(10,0)`.
  private static TypeName numeric(List<Integer> precision) {
    return with("numeric", precision.size() == 1 ? List.of(precision.getFirst(), 0) : precision);
  }

  private static TypeName interval(Predefined_typeContext type) {
    var field = type.interval_field();
    if (field == null) {
      return with("interval", length(type.type_length()));
    }
    return new TypeName(null, "interval", length(field.type_length()), fields(field), false);
  }

  private static String fields(Interval_fieldContext field) {
    var words = new ArrayList<String>();
    for (var child : field.children) {
      if (!(child instanceof Type_lengthContext)) {
        words.add(Names.lower(child.getText()));
      }
    }
    return String.join(" ", words);
  }

  /// Any other name: an internal one (`int8`, `timestamptz`), `text`, or a user's. What is not a
  /// number in its brackets is kept as text: `geometry(Point,4326)`.
  private static TypeName named(Origin origin, Predefined_typeContext type) {
    var written = Names.object(origin, type.schema_qualified_name_nontype());
    var schema = "pg_catalog".equals(written.schema()) ? null : written.schema();
    var name =
        schema == null ? ALIASES.getOrDefault(written.name(), written.name()) : written.name();
    var modifiers = new ArrayList<Integer>();
    for (var modifier : type.vex()) {
      var number = number(origin, modifier);
      if (number == null) {
        return new TypeName(schema, name, List.of(), texts(origin, type.vex()), false);
      }
      modifiers.add(number);
    }
    if (schema == null && name.equals("numeric") && modifiers.size() == 1) {
      modifiers.add(0);
    }
    return new TypeName(schema, name, modifiers, null, false);
  }

  private static String texts(Origin origin, List<VexContext> modifiers) {
    return String.join(",", modifiers.stream().map(origin::text).toList());
  }

  private static @Nullable Integer number(Origin origin, VexContext modifier) {
    return Numbers.parse(origin.text(modifier));
  }

  private static List<Integer> length(@Nullable Type_lengthContext length) {
    return length == null ? List.of() : number(length.iconst().getText());
  }

  private static List<Integer> precision(@Nullable Precision_paramContext precision) {
    if (precision == null) {
      return List.of();
    }
    var numbers = new ArrayList<Integer>();
    precision.iconst().forEach(number -> numbers.addAll(number(number.getText())));
    return numbers;
  }

  /// Empty for a number that is too large for any modifier: the server refuses it.
  private static List<Integer> number(String digits) {
    var number = Numbers.parse(digits);
    return number == null ? List.of() : List.of(number);
  }
}
