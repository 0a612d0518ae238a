// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/// `schema.sql` is what a fresh installation has.
final class SchemaTest {
  private static final Path SCHEMA = Path.of("src/main/resources/dev/plancheck/store/schema.sql");

  @Test
  void isWhatTheMigrationsMake() throws SQLException, IOException {
    var made = migrated();
    if (Boolean.getBoolean("snapshots.fix")) {
      Files.writeString(SCHEMA, made);
    }

    assertThat(Files.readString(SCHEMA)).as("rewritten by make schema").isEqualTo(made);
  }

  @Test
  void makesTheSameSchemaWhenItIsRun() throws SQLException, IOException {
    var database = MetadataCluster.newest().emptyDatabase();
    MetadataCluster.execute(database, Files.readString(SCHEMA));

    try (var connection = MetadataCluster.connect(database)) {
      assertThat(SchemaDump.of(connection)).isEqualTo(migrated());
    }
  }

  @Test
  void holdsNothingOfRowsPerCheck() throws IOException {
    assertThat(Files.readString(SCHEMA)).doesNotContain("table plancheck.legacy_");
  }

  private static String migrated() throws SQLException {
    var database = MetadataCluster.newest().emptyDatabase();
    Storage.open(database).close();
    try (var connection = MetadataCluster.connect(database)) {
      return SchemaDump.of(connection);
    }
  }
}
