// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plancheck.checks.plan.Environment;
import dev.plancheck.checks.plan.Instance;
import java.sql.SQLException;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;

/// What becomes of a storage that was written before environments, and sheets of projects, were
/// kept.
final class InventoryMigrationTest {
  private static final String SHEET = "a".repeat(64);
  private static final String OTHER = "b".repeat(64);

  @Test
  void environmentsThatInstancesUseAreKeptInTheOrderTheyHad() throws SQLException {
    var database = ofVersionOne();
    for (var environment : new String[] {"prod", "zoo", "", "dev", "alpha", "prod"}) {
      MetadataCluster.execute(database, instance(environment));
    }

    try (var storage = Storage.open(database)) {
      assertThat(storage.environments().list())
          .extracting(Environment::id)
          .containsExactly("alpha", "zoo", "dev", "prod");
      assertThat(storage.instances().list(10, ""))
          .extracting(Instance::environment)
          .containsExactlyInAnyOrder("prod", "zoo", "", "dev", "alpha", "prod");
    }
  }

  @Test
  void aStorageWithoutAnyGetsTheUsualOnes() throws SQLException {
    var database = ofVersionOne();
    MetadataCluster.execute(database, instance(""));

    try (var storage = Storage.open(database)) {
      assertThat(storage.environments().list()).isEqualTo(Environment.USUAL);
    }
  }

  @Test
  void sheetsStayVisibleToTheProjectsWhosePlansNameThem() throws SQLException {
    var database = ofVersionOne();
    MetadataCluster.execute(
        database,
        """
        insert into plancheck.project (id, title, settings) values ('shop', '', '{}'), ('b', '', '{}');
        insert into plancheck.sheet (sha256, content) values ('%1$s', ''), ('%2$s', ''), (repeat('c', 64), '');
        insert into plancheck.plan (project_id, number, title, specs)
        values
          ('shop', 1, '', '{"specs": [{"id": "a", "changeDatabase": {"sheetSha256": "%1$s"}},
            {"id": "b", "exportData": {"sheetSha256": "%2$s"}}, {"id": "c", "createDatabase": {}}]}'),
          ('shop', 2, '', '{"specs": [{"id": "a", "changeDatabase": {"sheetSha256": "%1$s"}}]}'),
          ('b', 1, '', '{"specs": [{"id": "a", "changeDatabase": {"release": "x"}}]}'),
          ('b', 2, '', '{}');
        """
            .formatted(SHEET, OTHER));

    try (var storage = Storage.open(database)) {
      assertThat(storage.answers()).isTrue();
      assertThat(number(database, "select count(*) from plancheck.sheet_reference")).isEqualTo(2);
      assertThat(
              number(
                  database,
                  "select count(*) from plancheck.sheet_reference where project_id = 'shop'"))
          .isEqualTo(2);
    }
  }

  private static long number(StorageConfig database, String sql) throws SQLException {
    return MetadataCluster.number(database, sql);
  }

  private static StorageConfig ofVersionOne() throws SQLException {
    var database = MetadataCluster.newest().emptyDatabase();
    Flyway.configure()
        .dataSource(new Connections(database).source())
        .locations("classpath:dev/plancheck/store/migrations")
        .defaultSchema("plancheck")
        .createSchemas(true)
        .target("1")
        .load()
        .migrate();
    return database;
  }

  private static String instance(String environment) {
    return """
    insert into plancheck.instance (id, title, engine, environment, host, port, username,
      password_kind, password_reference, tls_mode)
    select 'i' || count(*), '', 'POSTGRESQL', '%s', 'h', 1, 'u', 'NONE', '', 'PREFER'
    from plancheck.instance
    """
        .formatted(environment);
  }
}
