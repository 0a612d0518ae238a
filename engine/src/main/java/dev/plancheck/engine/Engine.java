// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine;

import java.util.Locale;
import java.util.Optional;

/// A kind of database server that plancheck understands.
public enum Engine {
  POSTGRESQL("PostgreSQL"),
  MYSQL("MySQL"),
  MARIADB("MariaDB");

  private final String title;

  Engine(String title) {
    this.title = title;
  }

  /// The name as its makers write it, for people.
  public String title() {
    return title;
  }

  /// The lower-case name used in flags, policies and JSON: `postgresql`.
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<Engine> byId(String id) {
    for (var engine : values()) {
      if (engine.id().equals(id)) {
        return Optional.of(engine);
      }
    }
    return Optional.empty();
  }
}
