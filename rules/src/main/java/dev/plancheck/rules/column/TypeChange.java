// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.rules.column;

import dev.plancheck.engine.schema.Schema;
import dev.plancheck.engine.schema.Table.Column;
import dev.plancheck.engine.schema.UserType;
import dev.plancheck.engine.sql.Expression;
import dev.plancheck.engine.sql.TypeName;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Whether PostgreSQL rewrites a table when a column gets another type
/// (`ATColumnChangeRequiresRewrite` in its source, and the support functions that drop a cast which
/// only lengthens). Holds for PostgreSQL 13 to 18, where 1,969 pairs of types were measured.
final class TypeChange {
  enum Rewrite {
    NO,
    YES,
    /// For lack of the session's time zone.
    UNLESS_UTC
  }

  /// Casts between different types that leave the stored bytes as they are (`castmethod = 'b'` in
  /// pg_cast), as `from>to`.
  private static final Set<String> SAME_BYTES =
      Set.of(
          "varchar>text",
          "text>varchar",
          "text>bpchar",
          "varchar>bpchar",
          "xml>text",
          "xml>varchar",
          "xml>bpchar",
          "cidr>inet",
          "bit>varbit",
          "varbit>bit",
          "int4>oid",
          "int4>regclass",
          "int4>regtype",
          "oid>int4",
          "oid>regclass",
          "oid>regtype",
          "regclass>int4",
          "regclass>oid",
          "regtype>int4",
          "regtype>oid");

  private static final Set<String> ZONES = Set.of("timestamp>timestamptz", "timestamptz>timestamp");

  /// Names of zones whose offset always was and will be zero.
  private static final Set<String> UTC =
      Set.of(
          "utc",
          "uct",
          "gmt",
          "gmt0",
          "gmt+0",
          "gmt-0",
          "zulu",
          "universal",
          "greenwich",
          "etc/utc",
          "etc/uct",
          "etc/gmt",
          "etc/gmt0",
          "etc/gmt+0",
          "etc/gmt-0",
          "etc/zulu",
          "etc/universal",
          "etc/greenwich",
          "0",
          "utc0");

  private final Schema schema;
  private final @Nullable String timeZone;

  TypeChange(Schema schema, @Nullable String timeZone) {
    this.schema = schema;
    this.timeZone = timeZone;
  }

  Rewrite rewrites(Column column, TypeName to, @Nullable Expression using) {
    if (using != null && !isPlain(using, column.name())) {
      return Rewrite.YES;
    }
    var from = column.type();
    var target = resolved(to);
    if (from.equals(target)) {
      return Rewrite.NO;
    }
    var domain = schema.type(target.objectName()).filter(type -> type.base() != null).orElse(null);
    if (domain != null && !target.array()) {
      return domain.constrained() ? Rewrite.YES : betweenBases(from, base(target));
    }
    return betweenBases(from, target);
  }

  /// `c`, or `c::type`: a cast to something else than the new type is rare and not looked for.
  private static boolean isPlain(Expression using, String column) {
    if (using.form() instanceof Expression.Form.Column(var name)) {
      return name.equals(column);
    }
    var name = "\\(*\"?" + Pattern.quote(column) + "\"?\\)*";
    var type = "[\\w\\s.,\"()\\[\\]]+";
    return using.functions().isEmpty()
        && !using.query()
        && using
            .text()
            .matches(
                "(?is)"
                    + name
                    + "\\s*::\\s*"
                    + type
                    + "|cast\\s*\\(\\s*"
                    + name
                    + "\\s+as\\s+"
                    + type);
  }

  private TypeName resolved(TypeName type) {
    return schema.type(type.objectName()).map(found -> type.withName(found.name())).orElse(type);
  }

  /// What is below all domains. A value of a domain carries no modifier of its own.
  TypeName base(TypeName type) {
    var found = schema.type(type.objectName());
    var base = found.map(UserType::base).orElse(null);
    return base == null || type.array() ? type : base(base);
  }

  private Rewrite betweenBases(TypeName from, TypeName to) {
    var below = base(from);
    var bare =
        below.equals(from)
            ? from
            : new TypeName(below.schema(), below.name(), List.of(), null, below.array());
    if (bare.array() || to.array()) {
      var same = bare.array() == to.array() && bare.objectName().equals(to.objectName());
      return same && (to.modifiers().isEmpty() || bare.modifiers().equals(to.modifiers()))
          ? Rewrite.NO
          : Rewrite.YES;
    }
    if (bare.objectName().equals(to.objectName())) {
      return Lengthening.isNothing(bare, to) ? Rewrite.NO : Rewrite.YES;
    }
    if (bare.schema() != null || to.schema() != null) {
      return Rewrite.YES;
    }
    var pair = bare.name() + ">" + to.name();
    var unlimited = new TypeName(null, to.name(), List.of(), null, false);
    if (ZONES.contains(pair)) {
      return Lengthening.isNothing(unlimited, to) ? inZone() : Rewrite.YES;
    }
    var carried =
        isText(bare) && isText(to)
            ? new TypeName(null, to.name(), bare.modifiers(), null, false)
            : unlimited;
    return SAME_BYTES.contains(pair) && Lengthening.isNothing(carried, to)
        ? Rewrite.NO
        : Rewrite.YES;
  }

  private static boolean isText(TypeName type) {
    return type.name().equals("text") || type.name().equals("varchar");
  }

  private Rewrite inZone() {
    if (!schema.version().isAtLeast(12)) {
      return Rewrite.YES;
    }
    if (timeZone == null) {
      return Rewrite.UNLESS_UTC;
    }
    return UTC.contains(timeZone.toLowerCase(Locale.ROOT)) ? Rewrite.NO : Rewrite.YES;
  }
}
