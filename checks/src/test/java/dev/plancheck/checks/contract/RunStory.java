// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plancheck.checks.plan.PlanName;
import dev.plancheck.checks.run.CheckTarget;
import dev.plancheck.checks.run.CheckType;
import dev.plancheck.checks.run.CheckedTarget;
import dev.plancheck.checks.run.Outcome;
import dev.plancheck.checks.run.PlanCheckRun;
import dev.plancheck.checks.run.PlanCheckRunConfig;
import dev.plancheck.checks.run.Result;
import dev.plancheck.checks.run.RunOrder;
import dev.plancheck.checks.run.ShardKey;
import dev.plancheck.checks.run.Shards.Claim;
import dev.plancheck.engine.review.Finding;
import dev.plancheck.engine.review.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The usual steps of runs over some ports, so that a test says only what it is about.
public record RunStory(StoragePorts ports) {
  /// Queues everything that a config wants, in shards of at most so many targets.
  public PlanCheckRun enqueue(PlanName plan, PlanCheckRunConfig config, int targetsOfShard) {
    return ports.runs().enqueue(plan, RunOrder.whole(config, targetsOfShard, "ann"));
  }

  public Claim claim(PlanCheckRun run, int shard) {
    return ports.shards().claim(new ShardKey(run.id(), run.attempt(), shard)).orElseThrow();
  }

  /// One result of each type, all of one status; null is not performed.
  public static CheckedTarget checked(
      PlanCheckRunConfig config, int place, @Nullable Status status) {
    var target = config.toCheck().get(place);
    return new CheckedTarget(
        place, target.types().stream().map(type -> result(target, type, status)).toList());
  }

  private static Result result(CheckTarget target, CheckType type, @Nullable Status status) {
    return status == null
        ? Result.notPerformed(target, type, "it is away")
        : new Result(
            target.target(),
            target.spec(),
            target.sheet(),
            type,
            Outcome.PERFORMED,
            new Finding("rule", status, "Title", "of " + target.target(), null),
            null);
  }

  /// Stores the same for every place of the claimed shard, and completes it.
  public void complete(Claim claim, PlanCheckRunConfig config, Status status) {
    var found = new ArrayList<CheckedTarget>();
    IntStream.range(claim.shard().first(), claim.shard().end())
        .forEach(place -> found.add(checked(config, place, status)));
    assertThat(ports.shards().append(claim, found)).isTrue();
    assertThat(ports.shards().complete(claim)).isTrue();
    ports.settle().run();
  }

  /// A whole attempt of one shard, to its end.
  public PlanCheckRun done(PlanName plan, PlanCheckRunConfig config, Status status) {
    var run = enqueue(plan, config, 1_000);
    complete(claim(run, 0), config, status);
    return ports.runs().get(plan).orElseThrow();
  }

  /// An attempt over one target that found these results.
  public PlanCheckRun done(PlanName plan, PlanCheckRunConfig config, List<Result> results) {
    var claim = claim(enqueue(plan, config, 1_000), 0);
    assertThat(ports.shards().append(claim, List.of(new CheckedTarget(0, results)))).isTrue();
    assertThat(ports.shards().complete(claim)).isTrue();
    ports.settle().run();
    return ports.runs().get(plan).orElseThrow();
  }

  /// The results that all these targets are stored with.
  public static List<Result> results(CheckedTarget... targets) {
    return List.of(targets).stream().flatMap(target -> target.results().stream()).toList();
  }
}
