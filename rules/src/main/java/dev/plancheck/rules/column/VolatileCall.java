// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.rules.column;

import dev.plancheck.engine.schema.Schema;
import dev.plancheck.engine.schema.Schema.Volatility;
import dev.plancheck.engine.sql.Expression;
import dev.plancheck.engine.sql.ObjectName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// A function in an expression whose result differs from row to row, or may: `certain` is false for
/// a function of which neither PostgreSQL's own catalogue nor the target tells.
record VolatileCall(ObjectName function, boolean certain) {
  /// PostgreSQL's own functions; those that are volatile with a `!` in front.
  private static final Set<String> BUILT_IN = builtIn();

  /// Forms without brackets, all of them stable (PostgreSQL manual, "Session Information Functions"
  /// and "Date/Time Functions").
  private static final Set<String> KEYWORDS =
      Set.of(
          "current_catalog",
          "current_date",
          "current_role",
          "current_schema",
          "current_time",
          "current_timestamp",
          "current_user",
          "localtime",
          "localtimestamp",
          "session_user",
          "system_user",
          "user");

  /// Volatile functions of extensions that ship with PostgreSQL (uuid-ossp, pgcrypto).
  private static final Set<String> OF_EXTENSIONS =
      Set.of(
          "uuid_generate_v1",
          "uuid_generate_v1mc",
          "uuid_generate_v4",
          "gen_random_bytes",
          "gen_salt");

  /// The first call that is certainly volatile, else the first that may be.
  static Optional<VolatileCall> in(Expression expression, Schema schema) {
    VolatileCall perhaps = null;
    for (var function : expression.functions()) {
      var found = of(function, schema);
      if (found.isPresent() && found.get().certain()) {
        return found;
      }
      if (perhaps == null) {
        perhaps = found.orElse(null);
      }
    }
    return Optional.ofNullable(perhaps);
  }

  private static Optional<VolatileCall> of(ObjectName function, Schema schema) {
    var name = function.name();
    var builtIn = function.schema() == null || function.schema().equals("pg_catalog");
    if (builtIn && (BUILT_IN.contains(name) || KEYWORDS.contains(name))) {
      return Optional.empty();
    }
    if ((builtIn && BUILT_IN.contains("!" + name)) || OF_EXTENSIONS.contains(name)) {
      return Optional.of(new VolatileCall(function, true));
    }
    var known = schema.function(function);
    return known.isPresent() && known.get() != Volatility.VOLATILE
        ? Optional.empty()
        : Optional.of(new VolatileCall(function, known.isPresent()));
  }

  private static Set<String> builtIn() {
    try (var names = VolatileCall.class.getResourceAsStream("builtin-functions.txt")) {
      return new String(Objects.requireNonNull(names).readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .collect(Collectors.toUnmodifiableSet());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
