// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.dialect;

import dev.plancheck.engine.Engine;
import dev.plancheck.engine.dialect.mysql.MysqlDialect;
import dev.plancheck.engine.dialect.postgresql.PostgresqlDialect;

/// The dialect of each engine: the one place that knows them all.
public final class Dialects {
  private static final Dialect POSTGRESQL = new PostgresqlDialect();
  private static final Dialect MYSQL = new MysqlDialect(Engine.MYSQL);
  private static final Dialect MARIADB = new MysqlDialect(Engine.MARIADB);

  private Dialects() {}

  public static Dialect of(Engine engine) {
    return switch (engine) {
      case POSTGRESQL -> POSTGRESQL;
      case MYSQL -> MYSQL;
      case MARIADB -> MARIADB;
    };
  }
}
