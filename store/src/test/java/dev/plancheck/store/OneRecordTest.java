// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.store;

import static dev.plancheck.checks.contract.RunStory.checked;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.plancheck.checks.contract.RunStory;
import dev.plancheck.checks.contract.Samples;
import dev.plancheck.checks.contract.StoragePorts;
import dev.plancheck.checks.plan.DatabaseName;
import dev.plancheck.checks.plan.PlanName;
import dev.plancheck.checks.plan.Project;
import dev.plancheck.checks.run.CheckType;
import dev.plancheck.checks.run.CheckedTarget;
import dev.plancheck.checks.run.PlanCheckRun;
import dev.plancheck.checks.run.PlanCheckRunConfig;
import dev.plancheck.checks.run.Result;
import dev.plancheck.checks.run.RunOrder;
import dev.plancheck.checks.run.RunStatus;
import dev.plancheck.checks.run.Runs;
import dev.plancheck.checks.run.Runs.Query;
import dev.plancheck.engine.review.Status;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What the one row of a plan promises beyond the contract of its port: whole or not at all, one
/// per plan, and cheap to move and to list.
final class OneRecordTest {
  private static final PlanCheckRunConfig CONFIG = Samples.config(10);

  private StoragePorts ports;
  private PlanName plan;
  private RunStory story;

  @BeforeEach
  void createPlan() throws SQLException {
    ports = MetadataCluster.newest().emptyPorts();
    plan = Samples.plan(ports, "shop", 10).name();
    story = new RunStory(ports);
  }

  @Test
  void everyAttemptIsTheSameRow() throws SQLException {
    for (var attempt = 1; attempt <= 5; attempt++) {
      done();
    }
    assertThat(number("select count(*) from plancheck.plan_check_run")).isEqualTo(1);
    assertThat(number("select attempt from plancheck.plan_check_run")).isEqualTo(5);
  }

  @Test
  void leavesNothingBesideTheRowAfterTheFold() throws SQLException {
    done();
    done();
    for (var table : List.of("shard", "chunk", "overflow")) {
      assertThat(number("select count(*) from plancheck.plan_check_run_" + table)).isZero();
    }
  }

  @Test
  void aConnectionThatDiesWhileItStoresResultsLeavesTheRunAsItWas() throws Exception {
    var claim = story.claim(enqueue(), 0);
    var before = stored();
    var found = List.of(checked(CONFIG, 0, Status.ERROR));

    assertKilledInTransaction(() -> ports.shards().append(claim, found));

    assertThat(stored()).isEqualTo(before);
    assertThat(ports.shards().finished(claim).isEmpty()).isTrue();
    assertThat(ports.shards().append(claim, found)).isTrue();
    assertThat(ports.shards().finished(claim).stream()).containsExactly(0);
  }

  @Test
  void aConnectionThatDiesWhileItFoldsLeavesTheRunAsItWas() throws Exception {
    var claim = story.claim(enqueue(), 0);
    var found =
        IntStream.range(0, 9).mapToObj(place -> checked(CONFIG, place, Status.ERROR)).toList();
    ports.shards().append(claim, found);
    ports.shards().complete(claim);
    var before = stored();
    var results = runs().results(plan);

    assertKilledInTransaction(ports.settle());

    assertThat(stored()).isEqualTo(before);
    assertThat(runs().results(plan)).isEqualTo(results);
    ports.settle().run();
    assertThat(stored().status()).isEqualTo(RunStatus.DONE);
    assertThat(runs().results(plan)).isEqualTo(results);
  }

  @Test
  void aConnectionThatDiesWhileItBeginsTheNextAttemptLeavesTheOldRecordWhole() throws Exception {
    done();
    var before = stored();
    var results = runs().results(plan);

    assertKilledInTransaction(
        () -> runs().enqueue(plan, RunOrder.whole(Samples.everyField(), 1, "")));

    assertThat(stored()).isEqualTo(before);
    assertThat(runs().results(plan)).isEqualTo(results);
    assertThat(runs().config(plan)).contains(CONFIG);
    assertThat(enqueue().attempt()).isEqualTo(2);
  }

  @Test
  void workersOfTwoProgramsShareARunAndAreFencedAlike() throws SQLException {
    try (var other = Storage.open(MetadataCluster.newest().shared().withPoolSize(2))) {
      var there = MetadataCluster.ports(other);
      var run = new RunStory(there).enqueue(plan, CONFIG, 5);
      var here = story.claim(run, 0);
      var claim = new RunStory(there).claim(run, 1);

      assertThat(there.shards().append(claim, List.of(checked(CONFIG, 4, Status.SUCCESS))))
          .isTrue();
      assertThat(runs().cancel(plan, 1, "")).isTrue();
      assertThat(there.shards().append(claim, List.of(checked(CONFIG, 5, Status.SUCCESS))))
          .isFalse();
      assertThat(ports.shards().append(here, List.of(checked(CONFIG, 0, Status.SUCCESS))))
          .isFalse();
      there.settle().run();
      assertThat(runs().results(plan)).hasSize(2);
    }
  }

  @Test
  void refusesStepsThatNoRunTakes() throws SQLException {
    done();
    assertRefused(
        "update plancheck.plan_check_run set status = 'RUNNING', verdict = null,"
            + " finished_at = null");
    assertRefused("update plancheck.plan_check_run set status = 'CANCELED'");
    assertRefused("update plancheck.plan_check_run set attempt = 2");
    assertRefused(
        "update plancheck.plan_check_run set status = 'QUEUED', verdict = null,"
            + " finished_at = null");
    assertRefused("update plancheck.plan_check_run set id = id + 1 ");
    enqueue();
    assertRefused(
        "update plancheck.plan_check_run set status = 'DONE', verdict = 'PASS',"
            + " finished_at = now()");
    assertRefused("update plancheck.plan_check_run set attempt = 3");
    assertThat(stored().status()).isEqualTo(RunStatus.QUEUED);
  }

  @Test
  void neverChangesALineOfTheLog() {
    done();
    assertRefused("update plancheck.plan_check_run_log set actor = 'somebody else'");
    assertRefused("delete from plancheck.plan_check_run_log");
    assertThat(runs().events(plan, 0, 10)).hasSize(2);
  }

  private static void assertRefused(String sql) {
    assertThatExceptionOfType(SQLException.class)
        .isThrownBy(() -> MetadataCluster.execute(MetadataCluster.newest().shared(), sql));
  }

  /// A role that may read every column but those two can list, get and watch all the same.
  @Test
  void listingNeverOpensConfigOrResult() throws SQLException {
    done();
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
    var blind = new ResultReading(jdbi(StorageConfig.of(config.jdbcUrl(), "lister", "lister")));
    assertThatExceptionOfType(JdbiException.class)
        .isThrownBy(() -> blind.read(plan, 0, _ -> true))
        .withStackTraceContaining("permission denied");
  }

  /// What is rewritten is written to the table's TOAST table again.
  @Test
  void progressNeverRewritesTheConfig() throws SQLException {
    var big = Samples.config(5000);
    var claim = story.claim(story.enqueue(plan, big, 5000), 0);
    var before = toastBytes();
    assertThat(before).isPositive();

    for (var done = 0; done < 200; done++) {
      assertThat(ports.shards().append(claim, List.of(checked(big, done, Status.SUCCESS))))
          .isTrue();
    }

    assertThat(toastBytes()).isEqualTo(before);
    assertThat(runs().config(plan)).contains(big);
  }

  @Test
  void keepsCharactersThatPostgresCannotHold() {
    var odd = "a\0b \ud83d ␛";
    var shop = ports.projects().update(new Project("shop", odd, Project.Settings.DEFAULT));
    assertThat(ports.projects().get("shop")).contains(shop);
    var named = ports.plans().create("shop", odd, List.of(), "ann");
    assertThat(ports.plans().get(named.name()).orElseThrow().title()).isEqualTo(odd);
    var results =
        List.of(
            Result.notPerformed(
                Samples.target(new DatabaseName("pg", "x")), CheckType.GHOST_SYNC, odd));

    var claim = story.claim(enqueue(), 0);
    ports.shards().append(claim, List.of(new CheckedTarget(0, results)));
    assertThat(ports.shards().fail(claim, odd)).isTrue();

    assertThat(stored().error()).isEqualTo(odd);
    assertThat(runs().events(plan, 0, 10).getLast().note()).isEqualTo(odd);
    assertThat(runs().results(plan)).isEqualTo(results);
  }

  @Test
  void refusesARowOfANewerVersion() throws SQLException {
    done();
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
                'plancheck.sheet'::regclass, 'plancheck.plan_check_run_chunk'::regclass,
                'plancheck.plan_check_run_overflow'::regclass)
              and attcompression = 'l'
            """);
    assertThat(withLz4).isEqualTo(hasLz4 ? 6 : 0);
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

  private PlanCheckRun enqueue() {
    return story.enqueue(plan, CONFIG, 1_000);
  }

  private void done() {
    story.done(plan, CONFIG, Status.WARNING);
  }

  private PlanCheckRun stored() {
    return runs().get(plan).orElseThrow();
  }
}
