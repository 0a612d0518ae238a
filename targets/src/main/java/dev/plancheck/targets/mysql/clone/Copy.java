// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.mysql.clone;

import dev.plancheck.targets.mysql.ghost.Sql;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.regex.Pattern;

/// The name of a copy in the scratch database: `_plancheck_1790000000_0123456789abcdef`, with the
/// seconds of the server's own clock at which it was made.
record Copy(String schema, String name) {
  private static final Pattern OURS = Pattern.compile("_plancheck_([0-9]{10})_[0-9a-f]{16}");
  private static final SecureRandom RANDOM = new SecureRandom();

  static final String PREFIX = "_plancheck_";

  static Copy made(String schema, long second) {
    var random = HexFormat.of().toHexDigits(RANDOM.nextLong());
    return new Copy(schema, "%s%010d_%s".formatted(PREFIX, second, random));
  }

  /// Whether it is a name of ours, made at that second or before.
  static boolean isOurs(String name, long second) {
    var ours = OURS.matcher(name);
    return ours.matches() && Long.parseLong(ours.group(1)) <= second;
  }

  String sql() {
    return Sql.name(schema) + "." + Sql.name(name);
  }

  String drop() {
    return "DROP TABLE IF EXISTS " + sql();
  }
}
