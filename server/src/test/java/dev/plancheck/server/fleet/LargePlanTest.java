// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.server.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plancheck.checks.plan.PlanName;
import dev.plancheck.checks.run.CheckType;
import dev.plancheck.checks.run.FoundResult;
import dev.plancheck.checks.run.Outcome;
import dev.plancheck.checks.run.PlanCheckRun;
import dev.plancheck.checks.run.Result;
import dev.plancheck.checks.run.RunCounts;
import dev.plancheck.checks.run.RunScope;
import dev.plancheck.checks.run.RunStatus;
import dev.plancheck.checks.run.Runs;
import dev.plancheck.checks.run.Verdict;
import dev.plancheck.embedded.Cluster;
import dev.plancheck.embedded.ClusterConfig;
import dev.plancheck.embedded.ClusterConfig.Role;
import dev.plancheck.server.fleet.SimulatedFleet.Kind;
import dev.plancheck.store.StorageConfig;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// A plan of very many databases, which are simulated, through everything else as it is: the
/// planner, the queue, shards, chunks, the fold and the one row, on a real PostgreSQL.
final class LargePlanTest {

  /// What each kind of database leaves: of the review, then its summary.
  private static final int PLAIN_RESULTS = 3;

  private static final int DRIFTED_RESULTS = 4;
  private static final int FAILING_RESULTS = 2;

  @Test
  void tenThousandTargetsAreOneRowThatIsListedAndPagedInPlanOrder() throws Exception {
    check(new SimulatedFleet(10_000, false), List.of(9_890, 100, 10));
  }

  @Test
  @Tag("large")
  void aHundredThousandTargetsAreOneRowThatIsListedAndPagedInPlanOrder() throws Exception {
    check(new SimulatedFleet(100_000, false), List.of(98_900, 1_000, 100));
  }

  /// `kinds` are how many plain, drifted and failing ones the fleet has.
  private static void check(SimulatedFleet fleet, List<Integer> kinds) throws Exception {
    assertThat(Arrays.stream(Kind.values()).map(fleet::count)).containsExactlyElementsOf(kinds);
    try (var cluster = Cluster.start(ClusterConfig.throwAway(Role.METADATA));
        var rooms =
            FleetRooms.open(
                StorageConfig.of(cluster.jdbcUrl("postgres"), cluster.user(), cluster.password()),
                fleet)) {
      var plan = fleet.store(rooms.storage());
      var runs = rooms.checks().runs();
      var run = runs.await(runs.start(plan, RunScope.WHOLE, "somebody"));

      assertCounts(run, fleet);
      assertThat(rooms.ports().runs().list(Runs.Query.first(50))).containsExactly(run);
      assertInPlanOrder(rooms.ports().runs(), plan, fleet);
      assertPages(rooms.ports().runs(), plan, fleet);
      assertOneRow(cluster);
    }
  }

  private static void assertCounts(PlanCheckRun run, SimulatedFleet fleet) {
    var plain = fleet.count(Kind.PLAIN);
    var drifted = fleet.count(Kind.DRIFTED);
    var failing = fleet.count(Kind.FAILING);
    assertThat(run.status()).isEqualTo(RunStatus.DONE);
    assertThat(run.verdict()).isEqualTo(Verdict.INCOMPLETE);
    assertThat(run.counts())
        .isEqualTo(
            new RunCounts(
                fleet.targets(),
                fleet.targets(),
                fleet.targets(),
                plain + drifted,
                0,
                2 * plain + 3 * drifted,
                2 * failing));
  }

  /// Every target once, with what its kind has and its own numbers.
  private static void assertInPlanOrder(Runs runs, PlanName plan, SimulatedFleet fleet) {
    var target = new ArrayList<Result>();
    var next = new AtomicInteger();
    var _ =
        runs.read(
            plan,
            0,
            found -> {
              if (!target.isEmpty()
                  && !target.getFirst().target().equals(found.result().target())) {
                assertTarget(fleet, next.getAndIncrement(), target);
                target.clear();
              }
              return target.add(found.result());
            });
    assertTarget(fleet, next.getAndIncrement(), target);
    assertThat(next).hasValue(fleet.targets());
  }

  private static void assertTarget(SimulatedFleet fleet, int number, List<Result> results) {
    var kind = fleet.kind(number);
    if (!results.getFirst().target().equals(SimulatedFleet.name(number))
        || results.size() != resultsOf(kind)) {
      assertThat(results).as("results of target %d, %s", number, kind).isEmpty();
    }
    var last = results.getLast();
    if (kind == Kind.FAILING) {
      assertThat(last.outcome()).isEqualTo(Outcome.NOT_PERFORMED);
    } else if (number % 97 == 0) {
      assertThat(last.type()).isEqualTo(CheckType.STATEMENT_SUMMARY_REPORT);
      var summary = Objects.requireNonNull(last.summary());
      assertThat(summary.changedTables().getFirst().rows()).isEqualTo(number);
    }
  }

  /// From anywhere, as one who knows only numbers of results asks.
  private static void assertPages(Runs runs, PlanName plan, SimulatedFleet fleet) {
    var last = fleet.targets() - 1;
    for (var number : List.of(0, 1, 50, 51, 999, 1_000, last / 2, last - 777, last)) {
      var page = page(runs, plan, resultsBefore(fleet, number));
      var results = resultsOf(fleet.kind(number));
      assertThat(page).hasSizeGreaterThanOrEqualTo(results);
      assertThat(page.subList(0, results))
          .as("page from target %d on", number)
          .allSatisfy(
              found -> assertThat(found.result().target()).isEqualTo(SimulatedFleet.name(number)));
      assertTarget(
          fleet, number, page.subList(0, results).stream().map(FoundResult::result).toList());
    }
    assertThat(page(runs, plan, resultsBefore(fleet, fleet.targets()))).isEmpty();
  }

  private static List<FoundResult> page(Runs runs, PlanName plan, long skip) {
    var page = new ArrayList<FoundResult>();
    var _ =
        runs.read(
            plan,
            skip,
            found -> {
              page.add(found);
              return page.size() < 50;
            });
    return page;
  }

  private static long resultsBefore(SimulatedFleet fleet, int number) {
    return IntStream.range(0, number).map(before -> resultsOf(fleet.kind(before))).sum();
  }

  private static int resultsOf(Kind kind) {
    return switch (kind) {
      case PLAIN -> PLAIN_RESULTS;
      case DRIFTED -> DRIFTED_RESULTS;
      case FAILING -> FAILING_RESULTS;
    };
  }

  private static void assertOneRow(Cluster cluster) throws SQLException {
    try (var connection = cluster.connect("postgres");
        var statement = connection.createStatement();
        var row =
            statement.executeQuery(
                """
                select (select count(*) from plancheck.plan_check_run) as rows,
                  (select count(*) from plancheck.plan_check_run_shard)
                    + (select count(*) from plancheck.plan_check_run_chunk)
                    + (select count(*) from plancheck.scheduled_shards)
                    + (select count(*) from plancheck.scheduled_chores
                       where task_name = 'plan-check-fold' and not picked) as leftovers
                """)) {
      row.next();
      assertThat(row.getLong("rows")).isEqualTo(1);
      assertThat(row.getLong("leftovers")).isZero();
    }
  }
}
