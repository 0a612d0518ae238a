// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.postgresql;

import dev.plancheck.engine.sql.ObjectName;
import dev.plancheck.engine.sql.TypeName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Types by name, their modifiers decoded as `format_type` of the server does it.
record TypeNames(Catalogue catalogue, String target) {
  private static final long BPCHAR = 1042;
  private static final long VARCHAR = 1043;
  private static final long INTERVAL = 1186;
  private static final long NUMERIC = 1700;

  /// The bytes that the server counts into the length of a text or the digits of a number.
  private static final int HEADER = 4;

  private static final int FULL_PRECISION = 0xFFFF;

  TypeName of(long oid, int modifier) {
    var type = catalogue.types.get(oid);
    if (type == null) {
      return new TypeName(null, unknown(oid), List.of(), null, false);
    }
    var element = type.category() == 'A' ? catalogue.types.get(type.element()) : null;
    return element == null ? of(type, modifier, false) : of(element, modifier, true);
  }

  private static TypeName of(Catalogue.Type type, int modifier, boolean array) {
    var name = type.name();
    var builtIn = "pg_catalog".equals(name.schema());
    return new TypeName(
        builtIn ? null : name.schema(),
        name.name(),
        modifier < 0 ? List.of() : modifiers(type.oid(), modifier),
        type.oid() == INTERVAL && modifier >= 0 ? fields(modifier) : null,
        array);
  }

  private static List<Integer> modifiers(long type, int modifier) {
    if (type == BPCHAR || type == VARCHAR) {
      return List.of(modifier - HEADER);
    }
    if (type == NUMERIC) {
      var digits = modifier - HEADER;
      // Eleven bits with a sign since PostgreSQL 15; before, scales stop at 1000 and fit as well.
      return List.of((digits >> 16) & 0xFFFF, ((digits & 0x7FF) ^ 1024) - 1024);
    }
    if (type == INTERVAL) {
      var precision = modifier & FULL_PRECISION;
      return precision == FULL_PRECISION ? List.of() : List.of(precision);
    }
    // Precision of times, length of bit strings, and whatever an extension means by it.
    return List.of(modifier);
  }

  /// The bits of an interval's range, `utils/timestamp.h`: 1 month, 2 year, 3 day, 10 hour, 11
  /// minute, 12 second.
  private static @Nullable String fields(int modifier) {
    return switch ((modifier >> 16) & 0x7FFF) {
      case 1 << 2 -> "year";
      case 1 << 1 -> "month";
      case 1 << 3 -> "day";
      case 1 << 10 -> "hour";
      case 1 << 11 -> "minute";
      case 1 << 12 -> "second";
      case 1 << 2 | 1 << 1 -> "year to month";
      case 1 << 3 | 1 << 10 -> "day to hour";
      case 1 << 3 | 1 << 10 | 1 << 11 -> "day to minute";
      case 1 << 3 | 1 << 10 | 1 << 11 | 1 << 12 -> "day to second";
      case 1 << 10 | 1 << 11 -> "hour to minute";
      case 1 << 10 | 1 << 11 | 1 << 12 -> "hour to second";
      case 1 << 11 | 1 << 12 -> "minute to second";
      default -> null;
    };
  }

  /// Of no other database, so that nothing unknown is ever taken for equal.
  String unknown(long oid) {
    return "?%d of %s".formatted(oid, target);
  }

  /// An object's own name, or one that no other database has.
  String name(@Nullable ObjectName found, long oid) {
    return found == null ? unknown(oid) : found.toString();
  }
}
