// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.plancheck.checks.contract.Samples;
import java.io.IOException;
import java.net.ServerSocket;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/// Opening our database: what is made, what is kept, what is refused and in which words.
final class StorageTest {
  @Test
  void makesItsSchemaAndKeepsWhatIsThere() throws SQLException {
    var config = MetadataCluster.newest().emptyDatabase();
    try (var storage = Storage.open(config)) {
      storage.projects().create(Samples.project("shop"));
      assertThat(storage.answers()).isTrue();
    }
    try (var storage = Storage.open(config)) {
      assertThat(storage.projects().get("shop")).contains(Samples.project("shop"));
    }
  }

  @Test
  void leavesOtherSchemasAlone() throws SQLException {
    var config = MetadataCluster.newest().emptyDatabase();
    MetadataCluster.execute(config, "create table public.plan (theirs text)");
    try (var storage = Storage.open(config)) {
      storage.projects().create(Samples.project("shop"));
    }
    assertThat(MetadataCluster.number(config, "select count(*) from public.plan")).isZero();
    assertThat(
            MetadataCluster.number(
                config,
                """
                select count(*) from pg_class
                where relnamespace = 'public'::regnamespace and relkind = 'r'
                """))
        .isEqualTo(1);
  }

  @Test
  void opensOnceThoughSeveralProgramsStartTogether() throws Exception {
    var config = MetadataCluster.newest().emptyDatabase();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var opened = new ArrayList<Future<Storage>>();
      for (var program = 0; program < 4; program++) {
        opened.add(threads.submit(() -> Storage.open(config.withPoolSize(2))));
      }
      for (var storage : opened) {
        storage.get().close();
      }
    } catch (ExecutionException e) {
      throw new AssertionError(e.getCause());
    }
    assertThat(
            MetadataCluster.number(
                config,
                """
                select count(*) - count(distinct version)
                from plancheck.flyway_schema_history where version is not null
                """))
        .isZero();
  }

  @Test
  void refusesTheSchemaOfANewerProgram() throws SQLException {
    var config = MetadataCluster.newest().emptyDatabase();
    Storage.open(config).close();
    MetadataCluster.execute(
        config,
        """
        insert into plancheck.flyway_schema_history
          (installed_rank, version, description, type, script, checksum, installed_by,
          execution_time, success)
        values (99, '900', 'tomorrow', 'SQL', 'V900__tomorrow.sql', 1, 'x', 1, true)
        """);
    assertRefused(config, "has version 900 (expected: at most ");
  }

  @Test
  void refusesASchemaThatWasChangedByHand() throws SQLException {
    var config = MetadataCluster.newest().emptyDatabase();
    MetadataCluster.execute(
        config, "create schema plancheck create table plancheck.theirs (id bigint)");
    assertRefused(config, "cannot bring the schema plancheck of");
  }

  @Test
  void saysThatNothingListens() throws IOException, SQLException {
    int free;
    try (var socket = new ServerSocket(0)) {
      free = socket.getLocalPort();
    }
    var url = "postgresql://me:secret@127.0.0.1:%d/meta".formatted(free);
    assertRefused(
        StorageConfig.parse(url),
        "cannot use the metadata database 127.0.0.1:%d/meta".formatted(free));
  }

  @Test
  void saysThatThePasswordIsWrong() throws SQLException {
    var config = MetadataCluster.newest().emptyDatabase();
    assertRefused(
        StorageConfig.of(config.jdbcUrl(), "postgres", "secret"), "password authentication failed");
  }

  @Test
  void refusesADatabaseThatIsNotInUtf8() throws SQLException {
    var config =
        MetadataCluster.newest().emptyDatabase("encoding 'LATIN1' locale 'C' template template0");
    assertRefused(config, "has the encoding LATIN1 (expected: UTF8");
  }

  @Test
  void refusesAnOlderServer() {
    assertThatExceptionOfType(StorageException.class)
        .isThrownBy(() -> new Connections(MetadataCluster.newest().shared()).requireUsable(99))
        .withMessageContaining("is PostgreSQL ")
        .withMessageContaining("(expected: 99 or newer)");
  }

  @Test
  void refusesAUserWhoMayNotMakeTheSchema() throws SQLException {
    var config = MetadataCluster.newest().emptyDatabase();
    MetadataCluster.execute(config, "create role guest login password 'guest'");
    assertRefused(
        StorageConfig.of(config.jdbcUrl(), "guest", "guest"),
        "cannot bring the schema plancheck of");
  }

  @Test
  void answersNoLongerOnceTheDatabaseIsGone() throws SQLException {
    var config = MetadataCluster.newest().emptyDatabase();
    try (var storage = Storage.open(config)) {
      assertThat(storage.answers()).isTrue();
      var name = config.jdbcUrl().substring(config.jdbcUrl().lastIndexOf('/') + 1);
      MetadataCluster.execute(
          MetadataCluster.newest().shared(), "drop database %s with (force)".formatted(name));
      assertThat(storage.answers()).isFalse();
    }
  }

  private static void assertRefused(StorageConfig config, String words) {
    assertThatExceptionOfType(StorageException.class)
        .isThrownBy(() -> Storage.open(config).close())
        .withMessageContaining(words)
        .satisfies(refusal -> assertThat(refusal.getMessage()).doesNotContain("secret"));
  }
}
