// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.store;

import java.util.Arrays;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;

/// Brings the schema `plancheck` up to date. Several programs may start at once: one migrates, the
/// others wait.
final class Migrations {
  private static final String SCHEMA = "plancheck";

  private Migrations() {}

  static void run(Connections connections) {
    var flyway =
        Flyway.configure()
            .loggers("slf4j")
            .dataSource(connections.patientSource())
            .locations("classpath:dev/plancheck/store/migrations")
            .defaultSchema(SCHEMA)
            .createSchemas(true)
            .load();
    try {
      refuseNewer(flyway, connections.place());
      flyway.migrate();
    } catch (FlywayException e) {
      throw new StorageException(
          "cannot bring the schema %s of %s up to date: %s"
              .formatted(SCHEMA, connections.place(), e.getMessage()),
          e);
    }
  }

  private static void refuseNewer(Flyway flyway, String place) {
    var migrations = flyway.info().all();
    var newer = Arrays.stream(migrations).filter(Migrations::isFromTheFuture).toList();
    if (!newer.isEmpty()) {
      throw new StorageException(
          "the schema %s of %s has version %s (expected: at most %s, what this program knows; start a newer plancheck)"
              .formatted(SCHEMA, place, newer.getLast().getVersion(), newestKnown(migrations)));
    }
  }

  private static String newestKnown(MigrationInfo[] migrations) {
    return Arrays.stream(migrations)
        .filter(migration -> !isFromTheFuture(migration))
        .reduce((_, later) -> later)
        .map(migration -> String.valueOf(migration.getVersion()))
        .orElse("none");
  }

  private static boolean isFromTheFuture(MigrationInfo migration) {
    return migration.getState() == MigrationState.FUTURE_SUCCESS
        || migration.getState() == MigrationState.FUTURE_FAILED;
  }
}
