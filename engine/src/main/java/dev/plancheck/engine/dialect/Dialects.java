// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.dialect;

import dev.plancheck.engine.Engine;
import dev.plancheck.engine.dialect.postgresql.PostgresqlDialect;

/// The dialect of each engine: the one place that knows them all.
public final class Dialects {
  private static final Dialect POSTGRESQL = new PostgresqlDialect();

  private Dialects() {}

  public static Dialect of(Engine engine) {
    return switch (engine) {
      case POSTGRESQL -> POSTGRESQL;
    };
  }
}
