// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.server.metric;

import dev.plancheck.checks.run.CheckedTarget;
import dev.plancheck.checks.run.Outcome;
import dev.plancheck.checks.run.PlanCheckRunConfig;
import dev.plancheck.checks.run.ShardKey;
import dev.plancheck.checks.run.Shards;
import dev.plancheck.engine.review.Status;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Counts what this process works off: shards, targets, and their results by status.
public final class CountedShards implements Shards {
  private final Shards shards;
  private final MeterRegistry numbers;

  public CountedShards(Shards shards, MeterRegistry numbers) {
    this.shards = shards;
    this.numbers = numbers;
    for (var status : Status.values()) {
      results(word(status), 0);
    }
    results("not_performed", 0);
  }

  @Override
  public Optional<Claim> claim(ShardKey key) {
    var claim = shards.claim(key);
    claim.ifPresent(found -> {
      shard("claimed");
      if (found.barren() > 0) {
        shard("taken_over");
      }
    });
    return claim;
  }

  @Override
  public Optional<PlanCheckRunConfig> config(Claim claim) {
    return shards.config(claim);
  }

  @Override
  public BitSet finished(Claim claim) {
    return shards.finished(claim);
  }

  @Override
  public boolean append(Claim claim, List<CheckedTarget> targets) {
    var stored = shards.append(claim, targets);
    if (stored) {
      numbers.counter("plancheck.targets.checked").increment(targets.size());
      for (var target : targets) {
        for (var result : target.results()) {
          var performed = result.outcome() == Outcome.PERFORMED;
          results(performed ? word(result.finding().status()) : "not_performed", 1);
        }
      }
    }
    return stored;
  }

  @Override
  public boolean complete(Claim claim) {
    return counted("completed", shards.complete(claim));
  }

  @Override
  public boolean release(Claim claim) {
    return counted("released", shards.release(claim));
  }

  @Override
  public boolean fail(Claim claim, String error) {
    return counted("failed", shards.fail(claim, error));
  }

  private boolean counted(String what, boolean tookPlace) {
    if (tookPlace) {
      shard(what);
    }
    return tookPlace;
  }

  private void shard(String what) {
    numbers.counter("plancheck.shards", "event", what).increment();
  }

  private void results(String status, int more) {
    numbers.counter("plancheck.results", "status", status).increment(more);
  }

  private static String word(Status status) {
    return status.name().toLowerCase(Locale.ROOT);
  }
}
