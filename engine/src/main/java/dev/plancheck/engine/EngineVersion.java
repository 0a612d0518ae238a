// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine;

/// An engine and its major version: `18` for PostgreSQL 18.6.
public record EngineVersion(Engine engine, int major) implements Comparable<EngineVersion> {
  /// What a script is judged by when nobody says what it will run on.
  public static final EngineVersion POSTGRESQL_LATEST = new EngineVersion(Engine.POSTGRESQL, 18);

  public EngineVersion {
    if (major < 1) {
      throw new IllegalArgumentException("major: %d (expected: > 0)".formatted(major));
    }
  }

  public boolean isAtLeast(int wanted) {
    return major >= wanted;
  }

  @Override
  public int compareTo(EngineVersion other) {
    var byEngine = engine.compareTo(other.engine);
    return byEngine != 0 ? byEngine : Integer.compare(major, other.major);
  }

  @Override
  public String toString() {
    return engine.title() + " " + major;
  }
}
