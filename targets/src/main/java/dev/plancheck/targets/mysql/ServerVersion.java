// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.mysql;

import dev.plancheck.engine.Engine;
import dev.plancheck.engine.EngineVersion;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.regex.Pattern;

/// What a server says that it is. `text` is all three numbers, `8.0.15`, `10.11.19-mariadb`,
/// without what a packager adds.
record ServerVersion(EngineVersion version, int patch, String text) {
  private static final Pattern NUMBERS =
      Pattern.compile("(\\d{1,3})\\.(\\d{1,3})(?:\\.(\\d{1,4}))?.*");

  /// Oldest that are read: MySQL 5.7 and MariaDB 10.6.
  boolean isKnown() {
    return switch (version.engine()) {
      case POSTGRESQL -> false;
      case MYSQL -> version.isAtLeast(5, 7);
      case MARIADB -> version.isAtLeast(10, 6);
    };
  }

  boolean isMariadb() {
    return version.engine() == Engine.MARIADB;
  }

  /// Whether the catalogue is kept in tables, and not in a folder for each database.
  boolean hasCatalogueInTables() {
    return !isMariadb() && version.isAtLeast(8);
  }

  boolean isAtLeast(int major, int minor, int wantedPatch) {
    return version.isAtLeast(major, minor)
        && (version.major() != major || version.minor() != minor || patch >= wantedPatch);
  }

  /// Throws SQLException for what cannot be read as a version.
  static ServerVersion of(DatabaseMetaData server) throws SQLException {
    return of(
        server.getDatabaseProductName().equalsIgnoreCase("MariaDB"),
        server.getDatabaseProductVersion());
  }

  static ServerVersion of(boolean mariadb, String said) throws SQLException {
    var matcher = NUMBERS.matcher(said);
    if (!matcher.matches() || matcher.group(1).equals("0")) {
      throw new SQLException("its version cannot be read", "08004");
    }
    var patch = matcher.group(3) == null ? 0 : Integer.parseInt(matcher.group(3));
    var version =
        new EngineVersion(
            mariadb ? Engine.MARIADB : Engine.MYSQL,
            Integer.parseInt(matcher.group(1)),
            Integer.parseInt(matcher.group(2)));
    var text = "%d.%d.%d".formatted(version.major(), version.minor(), patch);
    return new ServerVersion(version, patch, mariadb ? text + "-mariadb" : text);
  }
}
