// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.plancheck.checks.migration.MigrationReport;
import dev.plancheck.checks.plan.PlanName;
import dev.plancheck.checks.run.Origin;
import dev.plancheck.store.LegacyMigration.Wish;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Plans come from a database of somebody else: all of them or none.
final class LegacyMigrationTest {
  private static final Origin.Legacy UNTRUSTED = new Origin.Legacy(null);

  private final List<String> told = new ArrayList<>();
  private StorageConfig source;
  private StorageConfig target;

  @BeforeEach
  void createDatabases() throws SQLException {
    source = MetadataCluster.newest().emptyDatabase();
    target = MetadataCluster.newest().emptyDatabase();
    MetadataCluster.execute(
        source,
        """
        create table plan (id serial primary key, project varchar(100), name text, config jsonb);
        create table plan_check_run (
          id serial primary key,
          created_at timestamptz not null default now(),
          updated_at timestamptz not null default now(),
          plan_id bigint not null references plan(id),
          status text not null check (status in ('RUNNING', 'DONE', 'FAILED', 'CANCELED')),
          type text not null check (type like 'bb.plan-check.%'),
          config jsonb not null default '{}',
          result jsonb not null default '{}',
          payload jsonb not null default '{}'
        );
        """);
  }

  @Test
  void everyAwkwardPlanComesOverAsItDoesAtHome() throws SQLException {
    var plans = AwkwardPlans.all();
    fill(plans);

    var report = migrate(0, false);

    assertThat(report.opens()).isFalse();
    assertThat(report.totals().openAfter()).isZero();
    assertThat(told).last().asString().contains("rows read; putting plans together");
    try (var connection = MetadataCluster.connect(target)) {
      LegacyTrial.checkPlans(
          connection, plans, report.plans().stream().map(MigrationReport.Entry::plan).toList());
    }
  }

  @Test
  void aSecondTimeChangesNothing() throws SQLException {
    fill(AwkwardPlans.all());
    var first = migrate(0, false);
    var rows = rows();

    var second = migrate(30, false);

    assertThat(rows()).isEqualTo(rows);
    assertThat(second.totals().already()).isEqualTo(first.plans().size());
    assertThat(second.plans()).allMatch(entry -> entry.plan().already());
    assertThat(second.plans().stream().map(entry -> entry.plan().run()))
        .isEqualTo(first.plans().stream().map(entry -> entry.plan().run()).toList());
  }

  @Test
  void aRehearsalTellsTheSameAndLeavesNothing() throws SQLException {
    fill(AwkwardPlans.all());

    var rehearsed = migrate(30, true);

    assertThat(number("select count(*) from plancheck.project")).isZero();
    assertThat(number("select count(*) from pg_class where relname like 'legacy%'")).isZero();
    var done = migrate(30, false);
    assertThat(done.totals()).isEqualTo(rehearsed.totals());
    assertThat(done.totals().openAfter()).isZero();
    assertThat(done.totals().openTrusted()).isPositive();
    assertThat(done.plans()).allMatch(entry -> !entry.plan().run().origin().equals(UNTRUSTED));
    assertThat(done.opens()).isFalse();
  }

  @Test
  void rowsWithoutATableOfPlansAreEnough() throws SQLException {
    fill(List.of(LegacyPlan.open("", 1, LegacyRow.advise("a", LegacyRow.OK))));
    MetadataCluster.execute(source, "alter table plan rename to something_else");

    assertThat(migrate(0, false).plans()).hasSize(1);
    try (var storage = Storage.open(target)) {
      assertThat(storage.plans().get(new PlanName("legacy", 1)).orElseThrow().title())
          .isEqualTo("Plan 1");
    }
  }

  @Test
  void anotherSourceNeedsAnotherProject() throws SQLException {
    fill(List.of(LegacyPlan.open("", 1, LegacyRow.advise("a", LegacyRow.OK))));
    var _ = migrate(0, false);
    var rows = rows();
    MetadataCluster.execute(source, "update plan_check_run set id = id + 1000");

    assertRefused("the project legacy has plan 1 that is not of ", "expected: a project that gets");
    assertThat(rows()).isEqualTo(rows);
    assertThat(
            new LegacyMigration(target, told::add).run(new Wish(source, "other", 0, false)).plans())
        .extracting(entry -> entry.plan().run().plan())
        .containsExactly(new PlanName("other", 1));
  }

  @Test
  void aSourceThatIsNotOneIsNamed() throws SQLException {
    MetadataCluster.execute(source, "alter table plan_check_run drop column type");
    assertRefused("has a table plan_check_run without the column type", "one row per check");

    MetadataCluster.execute(source, "alter table plan_check_run add column type integer");
    assertRefused("whose column type is of type integer (expected: character varying or text)");

    MetadataCluster.execute(source, "drop table plan_check_run");
    assertRefused("has no table plan_check_run (expected: in the search path of its user)");

    source = StorageConfig.parse("postgresql://reader:hush@127.0.0.1:1/old");
    assertRefused("cannot read the legacy database 127.0.0.1:1/old: ");
    assertThat(number("select count(*) from pg_namespace where nspname = 'plancheck'")).isZero();
  }

  @Test
  void aReaderWithoutItsGrantIsToldWhatIsMissing() throws SQLException {
    MetadataCluster.execute(
        source,
        "create role reader_without login password 'hush'; revoke all on plan_check_run from"
            + " public");
    source = StorageConfig.of(source.jdbcUrl(), "reader_without", "hush");

    assertRefused("does not let its user read the table plan_check_run (expected: GRANT SELECT)");
  }

  @Test
  void oneThatIsKilledInTheMiddleLeavesNothingAndCanBeRepeated() throws SQLException {
    fill(AwkwardPlans.all());
    var killed = new LegacyMigration(target, atConsolidation(this::killMigration));

    assertThatExceptionOfType(StorageException.class)
        .isThrownBy(() -> killed.run(new Wish(source, "legacy", 0, false)))
        .withMessageStartingWith("cannot migrate ");

    assertThat(number("select count(*) from plancheck.project")).isZero();
    assertThat(number("select count(*) from pg_class where relname like 'legacy%'")).isZero();
    assertThat(migrate(0, false).plans()).hasSize(AwkwardPlans.all().size());
  }

  @Test
  void oneAtATime() throws SQLException {
    fill(AwkwardPlans.all());
    var first =
        new LegacyMigration(
            target,
            atConsolidation(() -> assertRefused("another plancheck migrate is at work on ")));

    assertThat(first.run(new Wish(source, "legacy", 0, false)).plans()).isNotEmpty();
  }

  private MigrationReport migrate(int trustDays, boolean rehearsal) {
    return new LegacyMigration(target, told::add)
        .run(new Wish(source, "legacy", trustDays, rehearsal));
  }

  private void assertRefused(String... words) {
    assertThatExceptionOfType(StorageException.class)
        .isThrownBy(() -> migrate(0, false))
        .satisfies(
            refused -> assertThat(refused.getMessage()).contains(words).doesNotContain("hush"));
  }

  private static Consumer<String> atConsolidation(Runnable action) {
    return words -> {
      if (words.contains("putting plans together")) {
        action.run();
      }
    };
  }

  private void killMigration() {
    try {
      MetadataCluster.execute(
          target,
          """
          select pg_terminate_backend(pid) from pg_stat_activity
          where datname = current_database() and state = 'idle in transaction'
          """);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private void fill(List<LegacyPlan> plans) throws SQLException {
    try (var connection = MetadataCluster.connect(source);
        var statement = connection.createStatement()) {
      statement.execute(
          """
          create schema plancheck;
          create view plancheck.legacy_plan as select id, project, name, config from plan;
          create view plancheck.legacy_plan_check_run as select * from plan_check_run;
          """);
      LegacyTrial.insert(connection, plans);
      statement.execute("drop schema plancheck cascade");
    }
  }

  private long number(String sql) throws SQLException {
    return MetadataCluster.number(target, sql);
  }

  /// Whatever a migration writes.
  private List<Long> rows() throws SQLException {
    var rows = new ArrayList<Long>();
    for (var table :
        List.of(
            "project",
            "plan",
            "plan_check_run",
            "plan_check_run_log",
            "plan_check_run_overflow",
            "plan_check_run_legacy_uid",
            "plan_check_run_legacy_quarantine")) {
      rows.add(number("select count(*) from plancheck." + table));
    }
    return rows;
  }
}
