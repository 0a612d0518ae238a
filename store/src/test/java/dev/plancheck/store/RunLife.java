// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plancheck.checks.ApiException;
import dev.plancheck.checks.contract.RunStory;
import dev.plancheck.checks.contract.Samples;
import dev.plancheck.checks.contract.StoragePorts;
import dev.plancheck.checks.plan.PlanName;
import dev.plancheck.checks.run.CheckTarget;
import dev.plancheck.checks.run.CheckedTarget;
import dev.plancheck.checks.run.FoundResult;
import dev.plancheck.checks.run.PlanCheckRun;
import dev.plancheck.checks.run.PlanCheckRunConfig;
import dev.plancheck.checks.run.Result;
import dev.plancheck.checks.run.RunCounts;
import dev.plancheck.checks.run.RunOrder;
import dev.plancheck.checks.run.RunStatus;
import dev.plancheck.checks.run.Shard;
import dev.plancheck.checks.run.ShardKey;
import dev.plancheck.checks.run.Shards.Claim;
import dev.plancheck.engine.review.Status;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/// One plan with all that can happen to its run, and what must hold after each step. It remembers
/// every claim that was ever given, so that owners come back from pauses of any length.
final class RunLife implements AutoCloseable {
  /// What somebody does; the number decides about the details.
  enum Step {
    ENQUEUE,
    ENQUEUE_PART,
    EDIT,
    CLAIM,
    APPEND,
    COMPLETE,
    RELEASE,
    FAIL,
    CANCEL,
    FOLD;

    /// Most of the time somebody works.
    private static final List<Step> OFTEN =
        List.of(
            ENQUEUE,
            ENQUEUE,
            ENQUEUE_PART,
            ENQUEUE_PART,
            EDIT,
            CLAIM,
            CLAIM,
            CLAIM,
            APPEND,
            APPEND,
            APPEND,
            APPEND,
            APPEND,
            COMPLETE,
            COMPLETE,
            COMPLETE,
            RELEASE,
            FAIL,
            CANCEL,
            FOLD,
            FOLD);
  }

  private final long seed;
  private final Random random;
  private final Storage here;
  private final Storage there;
  private final Connection sql;
  private final PlanName plan;
  private final List<Claim> claims = Collections.synchronizedList(new ArrayList<>());
  private final Map<ShardKey, Integer> epochs = new ConcurrentHashMap<>();

  /// What storage said that it has stored, by attempt.
  private final Map<Integer, List<Result>> told = new ConcurrentHashMap<>();

  private PlanCheckRunConfig config;
  private @Nullable PlanCheckRun last;

  RunLife(long seed, StorageConfig database, Storage here, Storage there) throws SQLException {
    this.seed = seed;
    this.random = new Random(seed);
    this.here = here;
    this.there = there;
    this.sql = MetadataCluster.connect(database);
    this.config = edited(1);
    this.plan = Samples.plan(ports(true), "shop", 1).name();
  }

  Step next() {
    return Step.OFTEN.get(random.nextInt(Step.OFTEN.size()));
  }

  /// Does it and expects of every owner that only the last one changes anything.
  void step(boolean where, Step step) {
    var before = stored();
    switch (step) {
      case APPEND -> {
        var claim = anyClaim(random);
        if (claim != null) {
          var owner = isOwner(before, claim);
          assertThat(append(ports(where), claim, random) && !owner).as("%s", claim).isFalse();
        }
      }
      case RELEASE -> {
        var claim = anyClaim(random);
        if (claim != null) {
          var owner = isOwner(before, claim);
          assertThat(release(ports(where), claim) && !owner).as("%s", claim).isFalse();
        }
      }
      case ENQUEUE, ENQUEUE_PART, EDIT, CLAIM, COMPLETE, FAIL, CANCEL, FOLD ->
          act(ports(where), step, random.nextLong());
    }
  }

  /// Does both at the same moment, from two programs.
  void together(Step one, Step other) throws InterruptedException {
    var seedOne = random.nextLong();
    var seedOther = random.nextLong();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var first = threads.submit(() -> act(ports(true), one, seedOne));
      var second = threads.submit(() -> act(ports(false), other, seedOther));
      first.get();
      second.get();
    } catch (ExecutionException e) {
      throw new AssertionError("life %d: %s and %s".formatted(seed, one, other), e.getCause());
    }
  }

  private void act(StoragePorts ports, Step step, long details) {
    var own = new Random(details);
    var claim = anyClaim(own);
    try {
      switch (step) {
        case ENQUEUE -> ports.runs().enqueue(plan, RunOrder.whole(config, 1 + own.nextInt(5), "a"));
        case ENQUEUE_PART -> enqueuePart(ports, own);
        case EDIT -> config = edited(config.planVersion() + 1);
        case CLAIM -> claim(ports, own);
        case APPEND -> {
          if (claim != null) {
            append(ports, claim, own);
          }
        }
        case COMPLETE -> {
          if (claim != null) {
            finish(ports, claim);
          }
        }
        case RELEASE -> {
          if (claim != null) {
            release(ports, claim);
          }
        }
        case FAIL -> {
          if (claim != null && own.nextInt(3) == 0) {
            ports.shards().fail(claim, "the disk is full");
          }
        }
        case CANCEL -> ports.runs().get(plan).ifPresent(run -> cancel(ports, run));
        case FOLD -> ports.settle().run();
      }
    } catch (ApiException e) {
      assertThat(e.code()).isIn(ApiException.Code.FAILED_PRECONDITION, ApiException.Code.ABORTED);
    }
  }

  private void cancel(StoragePorts ports, PlanCheckRun run) {
    var _ = ports.runs().cancel(plan, run.attempt(), "b");
  }

  private void enqueuePart(StoragePorts ports, Random own) {
    var run = ports.runs().get(plan).orElse(null);
    if (run == null || !run.status().isFinal()) {
      return;
    }
    ports.settle().run();
    var results = new HashMap<TargetIdentity, RunCounts>();
    ports
        .runs()
        .read(
            plan,
            0,
            found -> {
              results.merge(
                  TargetIdentity.of(found.result()),
                  RunCounts.planned(0, 0).plus(found.result()),
                  RunLife::sum);
              return true;
            });
    var before = ports.runs().config(plan).orElseThrow();
    var part =
        before.withTargets(
            before.targets().stream()
                .map(target ->
                    target.withKept(
                        !target.sampledOut()
                            && results.containsKey(TargetIdentity.of(target))
                            && own.nextBoolean()))
                .toList());
    var counts = RunCounts.planned(part.targets().size(), part.chosen().size());
    for (var target : part.targets()) {
      if (target.kept()) {
        counts =
            sum(counts, results.getOrDefault(TargetIdentity.of(target), RunCounts.planned(0, 0)));
        counts = counts.withDone(counts.done() + 1);
      }
    }
    var shards = Shard.split(part.toCheck().size(), 1 + own.nextInt(5));
    ports.runs().enqueue(plan, new RunOrder(part, counts, run.attempt(), shards, "a"));
  }

  private static RunCounts sum(RunCounts a, RunCounts b) {
    return new RunCounts(
        a.matched() + b.matched(),
        a.targets() + b.targets(),
        a.done() + b.done(),
        a.success() + b.success(),
        a.warning() + b.warning(),
        a.error() + b.error(),
        a.notPerformed() + b.notPerformed());
  }

  private void claim(StoragePorts ports, Random own) {
    var run = ports.runs().get(plan).orElse(null);
    if (run != null) {
      var attempt = own.nextInt(5) == 0 ? Math.max(1, run.attempt() - 1) : run.attempt();
      ports
          .shards()
          .claim(new ShardKey(run.id(), attempt, own.nextInt(4)))
          .ifPresent(claim -> {
            epochs.merge(claim.key(), claim.epoch(), Math::max);
            claims.add(claim);
          });
    }
  }

  private @Nullable Claim anyClaim(Random own) {
    synchronized (claims) {
      if (claims.isEmpty()) {
        return null;
      }
      var recent = Math.min(claims.size(), own.nextInt(4) == 0 ? claims.size() : 3);
      return claims.get(claims.size() - 1 - own.nextInt(recent));
    }
  }

  /// Whether it was stored; true too when there was nothing to store.
  private boolean append(StoragePorts ports, Claim claim, Random own) {
    var checked = ports.shards().config(claim);
    if (checked.isEmpty()) {
      return false;
    }
    var finished = ports.shards().finished(claim);
    var found = new ArrayList<CheckedTarget>();
    for (var place = claim.shard().first(); place < claim.shard().end(); place++) {
      if (!finished.get(place) && own.nextInt(3) > 0) {
        found.add(RunStory.checked(checked.get(), place, status(own)));
      }
    }
    Collections.shuffle(found, own);
    return store(ports, claim, found);
  }

  private boolean store(StoragePorts ports, Claim claim, List<CheckedTarget> found) {
    try {
      var stored = ports.shards().append(claim, found);
      if (stored) {
        told.computeIfAbsent(
                claim.key().attempt(), _ -> Collections.synchronizedList(new ArrayList<>()))
            .addAll(RunStory.results(found.toArray(CheckedTarget[]::new)));
      }
      return stored;
    } catch (IllegalArgumentException e) {
      // The same owner did the same from two threads, which no worker does.
      return true;
    }
  }

  private static @Nullable Status status(Random own) {
    return switch (own.nextInt(8)) {
      case 0 -> null;
      case 1, 2 -> Status.ERROR;
      case 3, 4 -> Status.WARNING;
      default -> Status.SUCCESS;
    };
  }

  private void finish(StoragePorts ports, Claim claim) {
    var checked = ports.shards().config(claim);
    var finished = ports.shards().finished(claim);
    var found = new ArrayList<CheckedTarget>();
    for (var place = claim.shard().first(); place < claim.shard().end(); place++) {
      if (checked.isPresent() && !finished.get(place)) {
        found.add(RunStory.checked(checked.get(), place, Status.SUCCESS));
      }
    }
    if (found.isEmpty() || store(ports, claim, found)) {
      try {
        var _ = ports.shards().complete(claim);
      } catch (IllegalStateException e) {
        assertThat(e).hasMessageContaining("expected: all");
      }
    }
  }

  private boolean release(StoragePorts ports, Claim claim) {
    var released = ports.shards().release(claim);
    if (released) {
      epochs.merge(claim.key(), claim.epoch() + 1, Math::max);
    }
    return released;
  }

  private boolean isOwner(@Nullable PlanCheckRun before, Claim claim) {
    return before != null
        && before.status() == RunStatus.RUNNING
        && before.attempt() == claim.key().attempt()
        && epochs.getOrDefault(claim.key(), 0) == claim.epoch();
  }

  /// Everything that holds at all times.
  void check(int step) throws SQLException {
    var run = stored();
    if (run == null) {
      return;
    }
    var where = "life %d, step %d: %s".formatted(seed, step, run);
    assertThat(RunProblems.of(sql, run.id())).as(where).isEmpty();
    if (last != null) {
      assertThat(run.attempt()).as(where).isGreaterThanOrEqualTo(last.attempt());
      if (last.attempt() == run.attempt() && last.status().isFinal()) {
        assertThat(run.status()).as(where).isEqualTo(last.status());
        assertThat(run.verdict()).as(where).isEqualTo(last.verdict());
      }
    }
    last = run;
    var all = new ArrayList<FoundResult>();
    assertThat(here.runs().read(plan, 0, all::add)).as(where).contains(run);
    checkResults(where, run, all);
    var skip = all.isEmpty() ? 0 : random.nextInt(all.size());
    var rest = new ArrayList<FoundResult>();
    there.runs().read(plan, skip, rest::add);
    assertThat(rest).as(where).isEqualTo(all.subList(skip, all.size()));
  }

  private void checkResults(String where, PlanCheckRun run, List<FoundResult> all) {
    var own = all.stream().filter(found -> !found.previous()).map(FoundResult::result).toList();
    assertThat(own).as(where).containsAll(told.getOrDefault(run.attempt(), List.of()));
    if (run.status() == RunStatus.DONE) {
      var counted = RunCounts.planned(run.counts().matched(), run.counts().targets());
      for (var result : own) {
        counted = counted.plus(result);
      }
      var targets = own.stream().map(TargetIdentity::of).distinct().toList();
      assertThat(run.counts()).as(where).isEqualTo(counted.withDone(targets.size()));
      assertThat(run.verdict()).as(where).isEqualTo(run.counts().verdict(RunStatus.DONE));
      assertThat(targets)
          .as(where)
          .isEqualTo(
              here.runs().config(plan).orElseThrow().chosen().stream()
                  .map(TargetIdentity::of)
                  .toList());
    }
  }

  /// The life ends well: what is queued is worked on to its end.
  void end() throws SQLException {
    for (var round = 0; round < 2; round++) {
      ports(true).settle().run();
      var run = stored();
      if (run == null || run.status().isFinal()) {
        continue;
      }
      for (var shard = 0; shard < run.counts().targets() + 1; shard++) {
        ports(true)
            .shards()
            .claim(new ShardKey(run.id(), run.attempt(), shard))
            .ifPresent(claim -> finish(ports(true), claim));
      }
    }
    var run = stored();
    assertThat(run == null || run.status().isFinal()).as("life %d ends: %s", seed, run).isTrue();
    check(-1);
  }

  @Override
  public void close() throws SQLException {
    sql.close();
  }

  private PlanCheckRunConfig edited(int version) {
    var targets = new ArrayList<CheckTarget>(Samples.config(1 + random.nextInt(14)).targets());
    return new PlanCheckRunConfig(targets, version, Samples.POLICIES, "rules", "members");
  }

  private StoragePorts ports(boolean where) {
    return MetadataCluster.ports(where ? here : there);
  }

  private @Nullable PlanCheckRun stored() {
    return here.runs().get(plan).orElse(null);
  }
}
