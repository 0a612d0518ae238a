// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.store;

import java.sql.SQLException;
import java.util.List;
import org.flywaydb.core.Flyway;

/// A database of the first version of our schema, with plans that have one row per check.
final class RowsPerCheck {
  private RowsPerCheck() {}

  static StorageConfig database(List<LegacyPlan> plans) throws SQLException {
    var database = MetadataCluster.newest().emptyDatabase();
    Flyway.configure()
        .dataSource(new Connections(database).source())
        .locations("classpath:dev/plancheck/store/migrations")
        .defaultSchema("plancheck")
        .createSchemas(true)
        .target("0.1")
        .load()
        .migrate();
    try (var connection = MetadataCluster.connect(database)) {
      LegacyTrial.insert(connection, plans);
    }
    return database;
  }
}
