// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plancheck.checks.migration.MigratedGates;
import dev.plancheck.checks.migration.MigratedPlan;
import dev.plancheck.checks.migration.MigratedPlan.QuarantinedRow;
import dev.plancheck.checks.plan.Spec.ChangeDatabase;
import dev.plancheck.checks.run.CheckTarget;
import dev.plancheck.checks.run.Outcome;
import dev.plancheck.checks.run.Result;
import dev.plancheck.checks.run.RunCounts;
import dev.plancheck.store.codec.ConfigCodec;
import dev.plancheck.store.codec.ResultCodec;
import dev.plancheck.store.codec.SpecsCodec;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Consolidates plans in a transaction that is taken back, and looks at whatever must hold of the
/// records.
final class LegacyTrial implements AutoCloseable {
  private static final Duration TRUST = Duration.ofDays(30);

  private final List<LegacyPlan> plans;
  private final Connection connection;

  /// The id of a plan is its place in the list, from 1.
  LegacyTrial(StorageConfig database, List<LegacyPlan> plans) throws SQLException {
    this.plans = plans;
    this.connection = MetadataCluster.connect(database);
    connection.setAutoCommit(false);
    Consolidation.prepare(connection);
    insert(connection, plans);
  }

  /// A database that nobody else uses, with our schema.
  static StorageConfig database(MetadataCluster cluster) throws SQLException {
    var database = cluster.emptyDatabase();
    Storage.open(database).close();
    return database;
  }

  /// Fills the tables that are consolidated.
  static void insert(Connection connection, List<LegacyPlan> plans) throws SQLException {
    try (var plan =
            connection.prepareStatement(
                "insert into plancheck.legacy_plan (id, project, name, config) values (?, 'shop',"
                    + " ?, ?::jsonb)");
        var row =
            connection.prepareStatement(
                """
                insert into plancheck.legacy_plan_check_run
                  (id, created_at, updated_at, plan_id, status, type, config, result)
                values (?, now() - ? * interval '1 day', now() - ? * interval '1 day', ?, ?, ?,
                  ?::jsonb, ?::jsonb)
                """)) {
      var uid = 100;
      for (var id = 1; id <= plans.size(); id++) {
        plan.setLong(1, id);
        plan.setString(2, plans.get(id - 1).what());
        plan.setString(3, plans.get(id - 1).specs());
        plan.addBatch();
        for (var one : plans.get(id - 1).rows()) {
          row.setLong(1, ++uid);
          row.setDouble(2, one.age());
          row.setDouble(3, one.age());
          row.setLong(4, id);
          row.setString(5, one.status());
          row.setString(6, one.type());
          row.setString(7, one.config());
          row.setString(8, one.result());
          row.addBatch();
        }
      }
      plan.executeBatch();
      row.executeBatch();
    }
  }

  /// Runs `sql` and checks all that came of it.
  List<MigratedPlan> check(Consolidation.Settings settings, String sql) throws SQLException {
    Consolidation.run(connection, settings, sql);
    var migrated = MigratedPlans.read(connection);
    checkPlans(connection, plans, migrated);
    return migrated;
  }

  /// What must hold of plans that are in the project `legacy`, by their places.
  static void checkPlans(Connection connection, List<LegacyPlan> plans, List<MigratedPlan> migrated)
      throws SQLException {
    assertThat(migrated).hasSameSizeAs(plans);
    for (var index = 0; index < plans.size(); index++) {
      checkOutcome(plans.get(index), migrated.get(index));
      checkRecord(connection, plans.get(index), migrated.get(index));
    }
    checkNothingLost(connection, plans);
  }

  private static void checkOutcome(LegacyPlan plan, MigratedPlan migrated) {
    var gates = MigratedGates.of(migrated, TRUST, Instant.now());
    assertThat(gates)
        .as(plan.what())
        .isEqualTo(new MigratedGates(plan.openBefore(), false, plan.openTrusted()));
    assertThat(migrated.legacyRows()).as(plan.what()).isEqualTo(plan.rows().size());
    assertThat(migrated.run().status()).as(plan.what()).isEqualTo(plan.status());
    assertThat(migrated.results()).as(plan.what()).isEqualTo(plan.results());
    assertThat(migrated.quarantined()).as(plan.what()).hasSameSizeAs(plan.reasons());
    assertThat(migrated.quarantined().stream().map(QuarantinedRow::reason))
        .as(plan.what())
        .allSatisfy(reason -> assertThat(plan.reasons()).anyMatch(reason::startsWith));
    assertThat(migrated.run().times().oldestResultAt())
        .as(plan.what())
        .isBeforeOrEqualTo(Instant.now());
  }

  private static void checkRecord(Connection connection, LegacyPlan plan, MigratedPlan migrated)
      throws SQLException {
    var run = migrated.run();
    var config =
        ConfigCodec.fromJson(
            one(connection, "select config from plancheck.plan_check_run where id = " + run.id()));
    var results = new ArrayList<Result>();
    var before = 0L;
    for (var part : parts(connection, run.id())) {
      assertThat(part.firstResult()).as(plan.what()).isEqualTo(before);
      var read = ResultCodec.fromJson(part.json());
      assertThat(read.size()).as(plan.what()).isEqualTo(part.count());
      results.addAll(read);
      before += read.size();
    }
    var counts = RunCounts.planned(config.targets().size(), config.targets().size());
    for (var result : results) {
      counts = counts.plus(result);
      assertThat(result.finding().title().equals("Check failed"))
          .as(plan.what())
          .isEqualTo(result.outcome() == Outcome.NOT_PERFORMED);
    }
    assertThat(run.counts().withDone(0)).as(plan.what()).isEqualTo(counts);
    assertThat(results.stream().map(result -> result.finding().content()))
        .as(plan.what())
        .containsAll(plan.keeps());
    checkOrder(plan, config.targets(), results);
    checkSpecs(connection, plan, migrated);
  }

  /// Every check of every target has a result, and nothing else has, in the order of the targets.
  private static void checkOrder(LegacyPlan plan, List<CheckTarget> targets, List<Result> results) {
    var wanted = new ArrayList<String>();
    targets.forEach(target ->
        target
            .types()
            .forEach(type ->
                wanted.add(
                    "%s %s %s %s"
                        .formatted(target.target(), target.spec(), target.sheet(), type))));
    assertThat(
            results.stream()
                .map(result ->
                    "%s %s %s %s"
                        .formatted(result.target(), result.spec(), result.sheet(), result.type()))
                .distinct())
        .as(plan.what())
        .containsExactlyElementsOf(wanted);
    assertThat(targets.stream().map(target -> target.target().toString()))
        .as(plan.what())
        .isSorted();
  }

  /// A plan that had rows is never one that needs no checks.
  private static void checkSpecs(Connection connection, LegacyPlan plan, MigratedPlan migrated)
      throws SQLException {
    var specs =
        SpecsCodec.fromJson(
            one(
                connection,
                """
                select specs from plancheck.plan
                where project_id = 'legacy' and number = %d
                """
                    .formatted(migrated.legacyPlan())));
    assertThat(specs)
        .as(plan.what())
        .anySatisfy(spec -> {
          assertThat(spec).isInstanceOf(ChangeDatabase.class);
          assertThat(((ChangeDatabase) spec).sheet()).isNotNull();
        });
  }

  /// Each old row has its name, or lies in quarantine; what is listed is there once; nothing is
  /// null; and the view of the analysts sees all of it.
  private static void checkNothingLost(Connection connection, List<LegacyPlan> plans)
      throws SQLException {
    var rows = plans.stream().mapToLong(plan -> plan.rows().size()).sum();
    assertThat(
            one(
                connection,
                """
                select count(distinct uid) from (
                  select uid from plancheck.plan_check_run_legacy_uid
                  union all
                  select uid from plancheck.plan_check_run_legacy_quarantine) as kept
                """))
        .isEqualTo(String.valueOf(rows));
    assertThat(
            one(
                connection,
                """
                select count(*) from (
                  select result as json from plancheck.plan_check_run
                  union all select config from plancheck.plan_check_run
                  union all select payload from plancheck.plan_check_run_overflow) as stored
                where jsonb_path_exists(json, 'strict $.** ? (@ == null)')
                """))
        .isEqualTo("0");
    assertThat(one(connection, "select count(*) from plancheck.plan_check_result"))
        .isEqualTo(String.valueOf(plans.stream().mapToLong(LegacyPlan::results).sum()));
    assertThat(
            one(
                connection,
                """
                select count(*) from plancheck.plan_check_run as run
                where (select count(*) from plancheck.plan_check_run_log as line
                  where line.run_id = run.id and line.kind = run.status) <> 1
                """))
        .isEqualTo("0");
  }

  private record Part(String json, long count, long firstResult) {}

  private static List<Part> parts(Connection connection, long run) throws SQLException {
    try (var statement = connection.createStatement();
        var row =
            statement.executeQuery(
                """
                select 0 as seq, result, result_count, 0 as first_result
                from plancheck.plan_check_run where id = %1$d
                union all
                select seq, payload, result_count, first_result
                from plancheck.plan_check_run_overflow where run_id = %1$d
                order by seq
                """
                    .formatted(run))) {
      var parts = new ArrayList<Part>();
      while (row.next()) {
        parts.add(
            new Part(
                row.getString("result"), row.getLong("result_count"), row.getLong("first_result")));
      }
      return parts;
    }
  }

  Connection connection() {
    return connection;
  }

  String one(String sql) throws SQLException {
    return one(connection, sql);
  }

  static String one(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement();
        var row = statement.executeQuery(sql)) {
      assertThat(row.next()).as(sql).isTrue();
      return String.valueOf(row.getString(1));
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
