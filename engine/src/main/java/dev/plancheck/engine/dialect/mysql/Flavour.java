// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.dialect.mysql;

import dev.plancheck.engine.Engine;
import dev.plancheck.engine.EngineVersion;

/// What of a server decides how a text is read: which of the two it is, and its version as
/// versioned comments write it, `80400`, of the last release of the series.
record Flavour(boolean mariadb, int number) {
  private static final int LAST_RELEASE = 99;

  /// MariaDB leaves what is written for MySQL 5.7 up to the numbers before its own alone.
  private static final int FIRST_FOREIGN = 50_700;

  private static final int LAST_FOREIGN = 99_999;

  static Flavour of(EngineVersion version) {
    return new Flavour(
        version.engine() == Engine.MARIADB,
        version.major() * 10_000 + version.minor() * 100 + LAST_RELEASE);
  }

  /// Whether the server runs what stands in `/*!NNNNN ... */`; 0 for `/*! ... */`.
  boolean runs(int version) {
    return version <= number && !(mariadb && version >= FIRST_FOREIGN && version <= LAST_FOREIGN);
  }

  /// Whether the server runs what stands in `/*M!NNNNNN ... */`.
  boolean runsForMariadb(int version) {
    return mariadb && version <= number;
  }
}
