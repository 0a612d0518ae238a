// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.plancheck.checks.contract.Samples;
import dev.plancheck.checks.contract.StoragePorts;
import dev.plancheck.checks.plan.DatabaseName;
import dev.plancheck.checks.plan.PlanName;
import dev.plancheck.checks.plan.Project;
import dev.plancheck.checks.run.PlanCheckRun;
import dev.plancheck.checks.run.Result;
import dev.plancheck.checks.run.RunCounts;
import dev.plancheck.checks.run.RunStatus;
import dev.plancheck.checks.run.Runs;
import dev.plancheck.checks.run.Runs.Query;
import dev.plancheck.store.codec.SampleResults;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What the one row of a plan promises beyond the contract of its port: whole or not at all, one
/// per plan, and cheap to move and to list.
final class OneRecordTest {
  private static final RunCounts ALL = new RunCounts(10, 9, 9, 14, 2, 2, 0);
  private static final List<Result> RESULTS = SampleResults.ofTenants(9);

  private StoragePorts ports;
  private PlanName plan;

  @BeforeEach
  void createPlan() throws SQLException {
    ports = MetadataCluster.newest().emptyPorts();
    plan = Samples.plan(ports, "shop", 10).name();
  }

  @Test
  void everyAttemptIsTheSameRow() throws SQLException {
    for (var attempt = 1; attempt <= 5; attempt++) {
      finish(claim(), RESULTS);
    }
    assertThat(number("select count(*) from plancheck.plan_check_run")).isEqualTo(1);
    assertThat(number("select attempt from plancheck.plan_check_run")).isEqualTo(5);
  }

  @Test
  void aConnectionThatDiesWhileItEndsARunLeavesTheRunAsItWas() throws Exception {
    var claim = claim();
    var before = stored();

    assertKilledInTransaction(() -> finish(claim, RESULTS));

    assertThat(stored()).isEqualTo(before);
    assertThat(runs().results(plan)).isEmpty();
    finish(claim, RESULTS);
    assertThat(runs().results(plan)).isEqualTo(RESULTS);
  }

  @Test
  void aConnectionThatDiesWhileItBeginsTheNextAttemptLeavesTheOldRecordWhole() throws Exception {
    finish(claim(), RESULTS);
    var before = stored();

    assertKilledInTransaction(() -> runs().enqueue(plan, Samples.everyField()));

    assertThat(stored()).isEqualTo(before);
    assertThat(runs().results(plan)).isEqualTo(RESULTS);
    assertThat(runs().config(plan)).contains(Samples.config(10));
    assertThat(runs().enqueue(plan, Samples.everyField()).attempt()).isEqualTo(2);
  }

  @Test
  void ofTwoProgramsOneGetsTheRun() throws SQLException {
    try (var other = Storage.open(MetadataCluster.newest().shared().withPoolSize(2))) {
      var run = other.runs().enqueue(plan, Samples.config(10));
      var claim = runs().claim(run.id(), 1).orElseThrow();

      assertThat(other.runs().claim(run.id(), 1)).isEmpty();
      assertThat(other.runs().cancel(plan, 1)).isTrue();
      assertThat(runs().finish(claim, RunStatus.DONE, ALL, RESULTS, "")).isFalse();
      assertThat(stored().status()).isEqualTo(RunStatus.CANCELED);
    }
  }

  /// A role that may read every column but those two can list, get and watch all the same.
  @Test
  void listingNeverOpensConfigOrResult() throws SQLException {
    finish(claim(), RESULTS);
    MetadataCluster.execute(
        MetadataCluster.newest().shared(),
        """
        do $$
        declare columns text;
        begin
          if not exists (select from pg_roles where rolname = 'lister') then
            create role lister login password 'lister';
          end if;
          select string_agg(quote_ident(attname), ', ') into columns
          from pg_attribute
          where attrelid = 'plancheck.plan_check_run'::regclass and attnum > 0
            and attname not in ('config', 'result');
          execute format('grant select (%s) on plancheck.plan_check_run to lister', columns);
          grant usage on schema plancheck to lister;
          grant select on plancheck.plan to lister;
        end
        $$
        """);
    var config = MetadataCluster.newest().shared();
    var reader = new RunReader(jdbi(StorageConfig.of(config.jdbcUrl(), "lister", "lister")));

    assertThat(reader.list(Query.first(10))).containsExactly(stored());
    assertThat(reader.get(plan)).contains(stored());
    assertThat(reader.getAll(List.of(plan))).containsExactly(stored());
    var blind =
        new PostgresRuns(jdbi(StorageConfig.of(config.jdbcUrl(), "lister", "lister")), watch());
    assertThatExceptionOfType(JdbiException.class)
        .isThrownBy(() -> blind.results(plan))
        .withStackTraceContaining("permission denied");
  }

  /// What is rewritten is written to the table's TOAST table again.
  @Test
  void progressNeverRewritesTheConfig() throws SQLException {
    var big = Samples.config(5000);
    var run = runs().enqueue(plan, big);
    var claim = runs().claim(run.id(), 1).orElseThrow();
    var before = toastBytes();
    assertThat(before).isPositive();

    for (var done = 0; done < 200; done++) {
      assertThat(runs().progress(claim, new RunCounts(5000, 4500, done, done, 0, 0, 0))).isTrue();
    }

    assertThat(toastBytes()).isEqualTo(before);
    assertThat(runs().config(plan)).contains(big);
  }

  @Test
  void keepsCharactersThatPostgresCannotHold() {
    var odd = "a\0b \ud83d ␛";
    var shop = ports.projects().update(new Project("shop", odd, Project.Settings.DEFAULT));
    assertThat(ports.projects().get("shop")).contains(shop);
    var named = ports.plans().create("shop", odd, List.of());
    assertThat(ports.plans().get(named.name()).orElseThrow().title()).isEqualTo(odd);
    var base = RESULTS.getFirst();
    var results =
        List.of(Result.notPerformed(Samples.target(new DatabaseName("pg", "x")), base.type(), odd));

    var claim = claim();
    assertThat(runs().finish(claim, RunStatus.FAILED, ALL, results, odd)).isTrue();

    assertThat(stored().error()).isEqualTo(odd);
    assertThat(runs().results(plan)).isEqualTo(results);
  }

  @Test
  void refusesARowOfANewerVersion() throws SQLException {
    finish(claim(), RESULTS);
    MetadataCluster.execute(
        MetadataCluster.newest().shared(),
        """
        update plancheck.plan_check_run
        set result = jsonb_set(result, '{checks,0,type}', '"PLAN_CHECK_TYPE_TOMORROW"')
        """);
    assertThatExceptionOfType(RuntimeException.class)
        .isThrownBy(() -> runs().results(plan))
        .withMessageContaining("stored result cannot be read")
        .withMessageContaining("PLAN_CHECK_TYPE_TOMORROW");
    assertThat(stored().status()).isEqualTo(RunStatus.DONE);
  }

  @Test
  void compressesWithLz4WhereTheServerHasIt() throws SQLException {
    var hasLz4 =
        number(
                "select count(*) from pg_settings where name = 'default_toast_compression' and"
                    + " 'lz4' = any (enumvals)")
            == 1;
    var withLz4 =
        number(
            """
            select count(*) from pg_attribute
            where attrelid in ('plancheck.plan_check_run'::regclass, 'plancheck.plan'::regclass,
                'plancheck.sheet'::regclass)
              and attcompression = 'l'
            """);
    assertThat(withLz4).isEqualTo(hasLz4 ? 4 : 0);
  }

  /// Lets `write` begin, keeps it waiting for the row, ends its connection from outside.
  private void assertKilledInTransaction(Runnable write) throws Exception {
    try (var locker = MetadataCluster.connect(MetadataCluster.newest().shared());
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      locker.setAutoCommit(false);
      execute(locker, "select * from plancheck.plan_check_run for update");
      Future<?> writing = threads.submit(write);
      while (waiting() == 0) {
        Thread.onSpinWait();
      }
      execute(
          locker,
          """
          select pg_terminate_backend(pid) from pg_stat_activity
          where datname = current_database() and wait_event_type = 'Lock'
          """);
      assertThatExceptionOfType(ExecutionException.class)
          .isThrownBy(writing::get)
          .withCauseInstanceOf(JdbiException.class);
      locker.rollback();
    }
  }

  private static long waiting() throws SQLException {
    return number(
        """
        select count(*) from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock'
        """);
  }

  private static long toastBytes() throws SQLException {
    return number(
        """
        select pg_relation_size(reltoastrelid) from pg_class
        where oid = 'plancheck.plan_check_run'::regclass
        """);
  }

  private static Jdbi jdbi(StorageConfig config) {
    return Storage.jdbi(new Connections(config).source());
  }

  private static RunWatch watch() {
    var connections = new Connections(MetadataCluster.newest().shared());
    return new RunWatch(connections, new RunReader(Jdbi.create(connections.source())));
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static long number(String sql) throws SQLException {
    return MetadataCluster.number(MetadataCluster.newest().shared(), sql);
  }

  private Runs runs() {
    return ports.runs();
  }

  private Runs.Claim claim() {
    var run = runs().enqueue(plan, Samples.config(10));
    return runs().claim(run.id(), run.attempt()).orElseThrow();
  }

  private void finish(Runs.Claim claim, List<Result> results) {
    assertThat(runs().finish(claim, RunStatus.DONE, ALL, results, "")).isTrue();
  }

  private PlanCheckRun stored() {
    return runs().get(plan).orElseThrow();
  }
}
