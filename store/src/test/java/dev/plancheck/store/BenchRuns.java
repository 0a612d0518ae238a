// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plancheck.checks.contract.RunStory;
import dev.plancheck.checks.contract.Samples;
import dev.plancheck.checks.plan.PlanName;
import dev.plancheck.checks.run.CheckTarget;
import dev.plancheck.checks.run.CheckedTarget;
import dev.plancheck.checks.run.PlanCheckRunConfig;
import dev.plancheck.checks.run.Result;
import dev.plancheck.checks.run.Shards.Claim;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/// Runs of the benchmark, with results that are there already.
record BenchRuns(Storage storage) {
  /// As many targets as a worker stores at once.
  private static final int CHUNK = 250;

  private static final int SHARD = 2000;

  PlanName plan() {
    return Samples.plan(MetadataCluster.ports(storage), "shop", 1).name();
  }

  static PlanCheckRunConfig config(int targets) {
    List<CheckTarget> all = Samples.databases("pg", targets).stream().map(Samples::target).toList();
    return new PlanCheckRunConfig(all, 1, Samples.POLICIES, "rules", "members");
  }

  void run(PlanName plan, List<List<Result>> targets) {
    work(plan, targets);
    storage.foldAll();
  }

  /// Everything but the fold, of results that are there.
  void work(PlanName plan, List<List<Result>> targets) {
    work(plan, targets.size(), at -> new CheckedTarget(at, targets.get(at)));
  }

  /// Everything but the fold.
  void work(PlanName plan, int targets, IntFunction<CheckedTarget> found) {
    var story = new RunStory(MetadataCluster.ports(storage));
    var run = story.enqueue(plan, config(targets), SHARD);
    for (var shard = 0; shard < Math.max(1, Math.ceilDiv(targets, SHARD)); shard++) {
      var claim = story.claim(run, shard);
      append(claim, found);
      assertThat(storage.shards().complete(claim)).isTrue();
    }
  }

  private void append(Claim claim, IntFunction<CheckedTarget> found) {
    for (var from = claim.shard().first(); from < claim.shard().end(); from += CHUNK) {
      var chunk = new ArrayList<CheckedTarget>();
      for (var at = from; at < Math.min(from + CHUNK, claim.shard().end()); at++) {
        chunk.add(found.apply(at));
      }
      assertThat(storage.shards().append(claim, chunk)).isTrue();
    }
  }
}
