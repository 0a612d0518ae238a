// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.run;

import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/// Shards whose storage does not answer every second call.
record ShakyShards(Shards shards, AtomicInteger calls) implements Shards {
  ShakyShards(Shards shards) {
    this(shards, new AtomicInteger());
  }

  private <T> T shaky(Supplier<T> call) {
    if (calls.getAndIncrement() % 2 == 0) {
      throw new IllegalStateException("the storage does not answer");
    }
    return call.get();
  }

  @Override
  public Optional<Claim> claim(ShardKey key) {
    return shaky(() -> shards.claim(key));
  }

  @Override
  public Optional<PlanCheckRunConfig> config(Claim claim) {
    return shaky(() -> shards.config(claim));
  }

  @Override
  public BitSet finished(Claim claim) {
    return shaky(() -> shards.finished(claim));
  }

  @Override
  public boolean append(Claim claim, List<CheckedTarget> targets) {
    return shaky(() -> shards.append(claim, targets));
  }

  @Override
  public boolean complete(Claim claim) {
    return shaky(() -> shards.complete(claim));
  }

  @Override
  public boolean release(Claim claim) {
    return shaky(() -> shards.release(claim));
  }

  @Override
  public boolean fail(Claim claim, String error) {
    return shaky(() -> shards.fail(claim, error));
  }
}
