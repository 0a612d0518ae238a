// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.store;

import static dev.plancheck.store.BenchReport.OUT;
import static dev.plancheck.store.BenchReport.goal;
import static dev.plancheck.store.BenchReport.median;
import static dev.plancheck.store.BenchReport.medianMs;
import static dev.plancheck.store.BenchReport.middle;
import static dev.plancheck.store.BenchReport.ms;
import static dev.plancheck.store.BenchReport.print;
import static dev.plancheck.store.BenchReport.wal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plancheck.checks.plan.PlanName;
import dev.plancheck.checks.run.Result;
import dev.plancheck.checks.run.Runs.Query;
import dev.plancheck.store.BenchReport.Cost;
import dev.plancheck.store.BenchReport.Step;
import dev.plancheck.store.codec.FlatForm;
import dev.plancheck.store.codec.SampleResults;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What storing, reading and listing runs costs, against rows per check and against one flat JSON
/// row, in one process and one PostgreSQL. Started by `bench/store`; no part of the tests.
final class StoreBench {
  private static final String PROGRAM_LIMIT_EXCEEDED = "54000";

  private Storage storage;
  private BenchRuns runs;
  private Connection sql;

  @BeforeEach
  void open() throws SQLException {
    var config = MetadataCluster.newest().emptyDatabase().withPoolSize(4);
    storage = Storage.open(config);
    runs = new BenchRuns(storage);
    sql = MetadataCluster.connect(config);
    BenchForms.create(sql);
  }

  @AfterEach
  void close() throws SQLException {
    sql.close();
    storage.close();
  }

  @Test
  void measure() throws SQLException {
    var sizes =
        Arrays.stream(System.getProperty("bench.targets", "100,1000,10000,100000").split(","))
            .map(Integer::valueOf)
            .toList();
    OUT.printf(
        "%n%-12s %8s %-7s %11s %11s %11s %11s%n",
        "results", "targets", "form", "store ms", "read ms", "bytes", "WAL");
    for (var targets : sizes) {
      compare("normal", SampleResults.ofTenants(targets));
    }
    for (var targets : sizes) {
      compare("adversarial", SampleResults.allDifferent(targets));
    }
    list();
    million();
  }

  private void compare(String kind, List<Result> results) throws SQLException {
    var targets = BenchForms.byTarget(results);
    var rounds = targets.size() > 10_000 ? 1 : targets.size() > 1000 ? 3 : 5;
    var ours = new ArrayList<Cost>();
    var folds = new ArrayList<Double>();
    var legacy = new ArrayList<Cost>();
    var flat = new ArrayList<Cost>();
    for (var round = 0; round < rounds; round++) {
      ours.add(ours(results, targets, folds));
      BenchForms.empty(sql);
      legacy.add(legacy(targets));
      flat(results).ifPresent(flat::add);
      BenchForms.empty(sql);
    }
    var count = targets.size();
    print(kind, count, "ours", median(ours));
    print(kind, count, "legacy", median(legacy));
    var own = median(ours);
    var rows = median(legacy);
    if (kind.equals("normal")) {
      goal("  value over legacy", (double) own.bytes() / rows.bytes(), count < 1000 ? -1 : 0.01);
      goal("  WAL over legacy", (double) own.wal() / rows.wal(), count < 1000 ? -1 : 0.02);
      goal("  read over legacy", own.readMs() / rows.readMs(), count < 100_000 ? -1 : 0.10);
    }
    if (flat.isEmpty()) {
      OUT.printf(
          "%-12s %8d flat    cannot be stored: too large for one jsonb value%n", kind, count);
    } else {
      var one = median(flat);
      print(kind, count, "flat", one);
      goal("  value over flat", (double) own.bytes() / one.bytes(), 1.0);
      goal("  store over flat", own.storeMs() / one.storeMs(), -1);
      goal("  fold alone over flat", middle(folds) / one.storeMs(), -1);
    }
  }

  /// The whole way of a run: queued, claimed, chunks, folded.
  private Cost ours(List<Result> expected, List<List<Result>> targets, List<Double> folds)
      throws SQLException {
    var plan = runs.plan();
    var store = new double[1];
    var wal =
        wal(
            sql,
            () -> {
              var work = ms(() -> runs.work(plan, targets));
              folds.add(ms(storage::foldAll));
              store[0] = work + folds.getLast();
            });
    var read = new ArrayList<Result>(expected.size());
    var readMs = ms(() -> storage.runs().read(plan, 0, found -> read.add(found.result())));
    assertThat(read).isEqualTo(expected);
    var bytes =
        BenchForms.number(
            sql,
            """
            select (select pg_column_size(result) from plancheck.plan_check_run
                order by id desc limit 1)
              + coalesce((select sum(pg_column_size(payload))
                from plancheck.plan_check_run_overflow
                where run_id = (select max(id) from plancheck.plan_check_run)), 0)
            """);
    return new Cost(store[0], readMs, bytes, wal);
  }

  private Cost legacy(List<List<Result>> targets) throws SQLException {
    var store = new double[1];
    var wal = wal(sql, () -> store[0] = ms(() -> BenchForms.storeLegacy(sql, 1, targets)));
    var read =
        ms(() ->
            assertThat(BenchForms.readAll(sql, "select result::text from legacy order by id"))
                .isPositive());
    // As small as it can be: without what the updates left behind.
    BenchForms.execute(sql, "vacuum full legacy");
    return new Cost(
        store[0], read, BenchForms.number(sql, "select pg_total_relation_size('legacy')"), wal);
  }

  /// Made into JSON and written, as ours is. Empty when PostgreSQL refuses it.
  private Optional<Cost> flat(List<Result> results) throws SQLException {
    var store = new double[1];
    long wal;
    try {
      wal =
          wal(
              sql,
              () -> store[0] = ms(() -> BenchForms.storeFlat(sql, 1, FlatForm.toJson(results))));
    } catch (SQLException e) {
      if (PROGRAM_LIMIT_EXCEEDED.equals(e.getSQLState())) {
        return Optional.empty();
      }
      throw e;
    }
    var read =
        ms(() -> assertThat(BenchForms.readAll(sql, "select result::text from flat")).isPositive());
    return Optional.of(
        new Cost(
            store[0],
            read,
            BenchForms.number(sql, "select sum(pg_column_size(result)) from flat"),
            wal));
  }

  /// A page of 50 plans with their counts, of plans with 1,000 targets and with 10,000.
  private void list() throws SQLException {
    OUT.printf("%na page of 50 plans out of 100, ms (median of 11, warm)%n");
    var small = listOurs(1000);
    BenchForms.storeLegacy(sql, 1, BenchForms.byTarget(SampleResults.ofTenants(1000)));
    BenchForms.execute(
        sql,
        """
        insert into legacy (plan_id, status, type, config, result)
        select plan, status, type, config, result
        from legacy cross join generate_series(2, 100) as plan
        """);
    BenchForms.execute(sql, "vacuum analyze legacy");
    var legacy =
        medianMs(() -> {
          try (var statement = sql.createStatement();
              var rows =
                  statement.executeQuery(
                      """
                      select r.plan_id, count(*), sum(x.errors), sum(x.warnings)
                      from legacy as r
                      cross join lateral (
                        select count(*) filter (where e ->> 'status' = 'ERROR') as errors,
                          count(*) filter (where e ->> 'status' = 'WARNING') as warnings
                        from jsonb_array_elements(r.result -> 'results') as e) as x
                      where r.plan_id <= 50
                      group by r.plan_id
                      """)) {
            var plans = 0;
            while (rows.next()) {
              plans++;
            }
            assertThat(plans).isEqualTo(50);
          }
        });
    BenchForms.empty(sql);
    var large = listOurs(10_000);
    OUT.printf(
        Locale.ROOT,
        "  ours %.2f with 1,000 targets, %.2f with 10,000; legacy %.0f with 1,000%n",
        small,
        large,
        legacy);
    goal("  list over legacy", small / legacy, 0.01);
    goal("  10,000 targets over 1,000", large / small, 1.2);
  }

  private double listOurs(int targets) throws SQLException {
    BenchForms.execute(
        sql,
        """
        truncate plancheck.plan_check_run, plancheck.plan_check_run_shard,
          plancheck.plan_check_run_chunk, plancheck.plan_check_run_overflow,
          plancheck.plan_check_run_log, plancheck.scheduled_tasks restart identity cascade
        """);
    runs.run(runs.plan(), BenchForms.byTarget(SampleResults.ofTenants(targets)));
    for (var count = 1; count < 100; count++) {
      var _ = runs.plan();
    }
    BenchForms.execute(
        sql,
        """
        insert into plancheck.plan_check_run (plan_id, status, verdict, attempt, plan_version,
          policy_hash, rules_version, membership_hash, target_count, done_count, success_count,
          warning_count, error_count, sampled_of, shards_left, config, result, result_attempt,
          started_at, finished_at)
        select p.id, r.status, r.verdict, 1, r.plan_version, r.policy_hash, r.rules_version,
          r.membership_hash, r.target_count, r.done_count, r.success_count, r.warning_count,
          r.error_count, r.sampled_of, 0, r.config, r.result, 1, now(), now()
        from plancheck.plan_check_run as r cross join plancheck.plan as p
        where p.id > r.plan_id;
        """);
    BenchForms.execute(sql, "vacuum analyze plancheck.plan_check_run");
    Step page = () -> assertThat(storage.runs().list(Query.first(50))).hasSize(50);
    for (var count = 0; count < 200; count++) {
      page.run();
    }
    return medianMs(page);
  }

  /// More findings than one JSON value of PostgreSQL can hold in the flat form.
  private void million() throws SQLException {
    var count = Integer.getInteger("bench.findings", 1_000_000);
    var targets = count / 10;
    var plan = runs.plan();
    var toCheck = BenchRuns.config(targets).toCheck();
    var store =
        ms(() ->
            runs.work(plan, targets, at -> SampleResults.adversarial(toCheck.get(at), at, 10)));
    var fold = ms(storage::foldAll);
    var page = new ArrayList<Result>();
    var first = ms(() -> read(plan, 0, page));
    var last = ms(() -> read(plan, count - 50L, page));
    assertThat(page).hasSize(100);
    var parts =
        BenchForms.number(
            sql,
            """
            select count(*) from plancheck.plan_check_run_overflow
            where run_id = (select max(id) from plancheck.plan_check_run)
            """);
    OUT.printf(
        Locale.ROOT,
        "%n%,d findings, all different: stored in %.0f ms, folded in %.0f ms into a row and %d"
            + " parts; first page of 50 in %.0f ms, last in %.0f ms%n",
        count,
        store,
        fold,
        parts,
        first,
        last);
  }

  private void read(PlanName plan, long skip, List<Result> page) {
    var end = page.size() + 50;
    storage
        .runs()
        .read(
            plan,
            skip,
            found -> {
              page.add(found.result());
              return page.size() < end;
            });
  }
}
