// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plancheck.checks.contract.RunStory;
import dev.plancheck.checks.contract.Samples;
import dev.plancheck.checks.contract.StoragePorts;
import dev.plancheck.checks.plan.PlanName;
import dev.plancheck.checks.run.CheckedTarget;
import dev.plancheck.checks.run.FoundResult;
import dev.plancheck.checks.run.PlanCheckRunConfig;
import dev.plancheck.checks.run.Result;
import dev.plancheck.checks.run.RunStatus;
import dev.plancheck.checks.run.Shards.Claim;
import dev.plancheck.store.codec.ResultCodec;
import dev.plancheck.store.codec.SampleResults;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Results past the budget of their row: in parts of their own, each of bounded size, and read as
/// if they were one.
final class LargeResultTest {
  @Test
  void whatFitsIsInTheRowAndOneTargetMoreIsNot() throws SQLException {
    var results = SampleResults.allDifferent(20);
    // The names of the lists count as much for any list.
    var size = size(results);
    for (var budget = size - 60; budget <= size + 140; budget += 20) {
      var config = MetadataCluster.newest().emptyDatabase().withResultBudget(budget);
      try (var storage = Storage.open(config)) {
        var plan = stored(storage, results);
        var inRow =
            MetadataCluster.number(
                config, "select octet_length(result::text) from plancheck.plan_check_run");
        assertThat(storage.runs().results(plan)).isEqualTo(results);
        var parts =
            MetadataCluster.number(
                config, "select count(*) from plancheck.plan_check_run_overflow");
        assertThat(parts).as("parts at %d of %d bytes", budget, size).isBetween(0L, 1L);
        assertThat(parts == 0).isEqualTo(budget >= size + ROOM);
        assertThat(inRow).isPositive();
      }
    }
  }

  @Test
  void noPartIsLargerThanTheBudgetButForASingleTarget() throws SQLException {
    var budget = 3_000;
    var config = MetadataCluster.newest().emptyDatabase().withResultBudget(budget);
    try (var storage = Storage.open(config)) {
      var results = new ArrayList<>(SampleResults.allDifferent(200));
      results.addAll(SampleResults.ofTenants(150));
      var plan = stored(storage, results);
      assertThat(storage.runs().results(plan)).isEqualTo(results);
      assertThat(
              MetadataCluster.number(
                  config, "select count(*) from plancheck.plan_check_run_overflow"))
          .isGreaterThan(20);
      // jsonb writes spaces that we do not.
      assertThat(
              MetadataCluster.number(
                  config,
                  """
                  select max(length(replace(replace(payload::text, '": ', '":'), ', "', ',"')))
                  from plancheck.plan_check_run_overflow
                  """))
          .isLessThan(budget + 200);
      for (var skip : List.of(0, 1, 57, 199, 200, 201, 777, results.size() - 1, results.size())) {
        var page = new ArrayList<Result>();
        storage
            .runs()
            .read(
                plan,
                skip,
                found -> {
                  page.add(found.result());
                  return page.size() < 10;
                });
        assertThat(page)
            .as("from %d", skip)
            .isEqualTo(results.subList(skip, Math.min(results.size(), skip + 10)));
      }
    }
  }

  @Test
  void aSecondAttemptReplacesEveryPart() throws SQLException {
    var config = MetadataCluster.newest().emptyDatabase().withResultBudget(2_000);
    try (var storage = Storage.open(config)) {
      var plan = stored(storage, SampleResults.allDifferent(100));
      var fewer = SampleResults.allDifferent(30);
      store(storage, plan, fewer);
      assertThat(storage.runs().results(plan)).isEqualTo(fewer);
      assertThat(
              MetadataCluster.number(
                  config, "select count(distinct attempt) from plancheck.plan_check_run_overflow"))
          .isEqualTo(1);
    }
  }

  @Test
  void aHundredThousandFindingsThatAllDifferAreStoredAndPaged() throws SQLException {
    var targets = 10_000;
    var config = MetadataCluster.newest().emptyDatabase().withResultBudget(1 << 20);
    try (var storage = Storage.open(config)) {
      var ports = MetadataCluster.ports(storage);
      var plan = Samples.plan(ports, "shop", 1).name();
      var checked = config(targets);
      var run = new RunStory(ports).enqueue(plan, checked, 2_000);
      for (var shard = 0; shard < 5; shard++) {
        work(ports, checked, new RunStory(ports).claim(run, shard));
      }
      ports.settle().run();

      var done = storage.runs().get(plan).orElseThrow();
      assertThat(done.status()).isEqualTo(RunStatus.DONE);
      assertThat(done.counts().error()).isEqualTo(10 * targets);
      assertThat(
              MetadataCluster.number(
                  config, "select count(*) from plancheck.plan_check_run_overflow"))
          .isGreaterThan(5);
      assertPaged(storage, plan, 10 * targets);
    }
  }

  /// Pages from the end cost no more than pages from the start.
  private static void assertPaged(Storage storage, PlanName plan, int results) {
    var first = page(storage, plan, 0);
    var last = page(storage, plan, results - 50);
    assertThat(first).hasSize(50);
    assertThat(last).hasSize(50);
    assertThat(last.getLast().result().finding().content()).endsWith("of target 9999: 9");
    var started = System.nanoTime();
    for (var skip = 0; skip < results; skip += results / 10) {
      assertThat(page(storage, plan, skip)).hasSize(50);
    }
    assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(10));
  }

  private static List<FoundResult> page(Storage storage, PlanName plan, long skip) {
    var page = new ArrayList<FoundResult>();
    storage
        .runs()
        .read(
            plan,
            skip,
            found -> {
              page.add(found);
              return page.size() < 50;
            });
    return page;
  }

  private static void work(StoragePorts ports, PlanCheckRunConfig config, Claim claim) {
    for (var place = claim.shard().first(); place < claim.shard().end(); place += 200) {
      var found = new ArrayList<CheckedTarget>();
      for (var at = place; at < Math.min(place + 200, claim.shard().end()); at++) {
        found.add(SampleResults.adversarial(config.toCheck().get(at), at, 10));
      }
      assertThat(ports.shards().append(claim, found)).isTrue();
    }
    assertThat(ports.shards().complete(claim)).isTrue();
  }

  private static PlanCheckRunConfig config(int targets) {
    var names = Samples.databases("pg", targets);
    return new PlanCheckRunConfig(
        names.stream().map(Samples::target).toList(), 1, Samples.POLICIES, "rules", "members");
  }

  /// Bytes that are kept free for the names of lists.
  private static final long ROOM = 100L - "{\"checks\":[],\"findings\":[],\"targets\":[]}".length();

  private static long size(List<Result> results) {
    return ResultCodec.toJson(results).getBytes(StandardCharsets.UTF_8).length;
  }

  /// One target for each result.
  private static PlanName stored(Storage storage, List<Result> results) {
    var plan = Samples.plan(MetadataCluster.ports(storage), "shop", 1).name();
    store(storage, plan, results);
    return plan;
  }

  private static void store(Storage storage, PlanName plan, List<Result> results) {
    var ports = MetadataCluster.ports(storage);
    var story = new RunStory(ports);
    var groups = groups(results);
    var claim = story.claim(story.enqueue(plan, config(groups.size()), 100_000), 0);
    var found = new ArrayList<CheckedTarget>();
    for (var group : groups) {
      found.add(new CheckedTarget(found.size(), group));
    }
    assertThat(ports.shards().append(claim, found)).isTrue();
    assertThat(ports.shards().complete(claim)).isTrue();
    ports.settle().run();
  }

  private static List<List<Result>> groups(List<Result> results) {
    var groups = new ArrayList<List<Result>>();
    for (var result : results) {
      if (groups.isEmpty() || !groups.getLast().getFirst().target().equals(result.target())) {
        groups.add(new ArrayList<>());
      }
      groups.getLast().add(result);
    }
    return groups;
  }
}
