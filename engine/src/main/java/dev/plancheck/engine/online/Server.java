// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.online;

import dev.plancheck.engine.Engine;
import dev.plancheck.engine.schema.Schema;
import java.util.regex.Pattern;

/// The server that a statement runs on: `release` is its version in one number, `80015` for 8.0.15,
/// and `assumed` tells that only the series is known, of which the newest release is taken.
record Server(Engine engine, int release, boolean assumed) {
  private static final Pattern VERSION = Pattern.compile("(\\d{1,3})\\.(\\d{1,2})\\.(\\d{1,2}).*");
  private static final int LAST_RELEASE = 99;

  static Server of(Schema schema) {
    var version = schema.version();
    var said = VERSION.matcher(schema.settings().getOrDefault("version", ""));
    if (said.matches()) {
      return new Server(
          version.engine(),
          number(
              Integer.parseInt(said.group(1)),
              Integer.parseInt(said.group(2)),
              Integer.parseInt(said.group(3))),
          false);
    }
    return new Server(
        version.engine(), number(version.major(), version.minor(), LAST_RELEASE), true);
  }

  static int number(int major, int minor, int patch) {
    return major * 10_000 + minor * 100 + patch;
  }

  boolean isMariadb() {
    return engine == Engine.MARIADB;
  }

  boolean isMysql() {
    return engine == Engine.MYSQL;
  }

  boolean isAtLeast(int major, int minor, int patch) {
    return release >= number(major, minor, patch);
  }

  /// `MySQL 8.0`, or `MySQL 8.0.15` where that is known.
  @Override
  public String toString() {
    var series = "%s %d.%d".formatted(engine.title(), release / 10_000, release / 100 % 100);
    return assumed ? series : series + "." + release % 100;
  }
}
