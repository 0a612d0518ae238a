// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine;

import java.util.Comparator;

/// An engine and the series of its version: `18` for PostgreSQL 18.6, `8.4` for MySQL 8.4.7.
///
/// `minor` is 0 for PostgreSQL, whose series have one number since version 10.
public record EngineVersion(Engine engine, int major, int minor)
    implements Comparable<EngineVersion> {
  /// What a script is judged by when nobody says what it will run on.
  public static final EngineVersion POSTGRESQL_LATEST = new EngineVersion(Engine.POSTGRESQL, 18);

  private static final Comparator<EngineVersion> ORDER =
      Comparator.comparing(EngineVersion::engine)
          .thenComparingInt(EngineVersion::major)
          .thenComparingInt(EngineVersion::minor);

  public EngineVersion {
    if (major < 1) {
      throw new IllegalArgumentException("major: %d (expected: > 0)".formatted(major));
    }
    if (minor < 0) {
      throw new IllegalArgumentException("minor: %d (expected: >= 0)".formatted(minor));
    }
  }

  public EngineVersion(Engine engine, int major) {
    this(engine, major, 0);
  }

  /// What a script for an engine is judged by when nobody says which version it will run on: the
  /// newest series with long-term support.
  public static EngineVersion usual(Engine engine) {
    return switch (engine) {
      case POSTGRESQL -> POSTGRESQL_LATEST;
      case MYSQL -> new EngineVersion(Engine.MYSQL, 8, 4);
      case MARIADB -> new EngineVersion(Engine.MARIADB, 11, 8);
    };
  }

  public boolean isAtLeast(int wanted) {
    return major >= wanted;
  }

  public boolean isAtLeast(int wantedMajor, int wantedMinor) {
    return major > wantedMajor || (major == wantedMajor && minor >= wantedMinor);
  }

  @Override
  public int compareTo(EngineVersion other) {
    return ORDER.compare(this, other);
  }

  /// The number as people write it: `18`, `8.4`.
  public String number() {
    return switch (engine) {
      case POSTGRESQL -> String.valueOf(major);
      case MYSQL, MARIADB -> major + "." + minor;
    };
  }

  @Override
  public String toString() {
    return engine.title() + " " + number();
  }
}
