// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.run;

import dev.plancheck.checks.plan.PlanName;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/// The port of those who work on runs. An attempt is worked on in shards; each has one owner at a
/// time, told by its epoch. Every write is fenced by run, attempt, shard, epoch and status, and
/// tells by its answer whether it took place: whoever was paused while another took over changes
/// nothing any more.
///
/// When the last shard of an attempt is complete the storage folds what was found into the record,
/// which thereby becomes DONE; a canceled or failed attempt is folded as far as it came.
public interface Shards {
  /// The right to write a shard's results, until somebody else claims it.
  ///
  /// `running` is how long the attempt has been running, by the storage's clock. `barren` counts
  /// the owners before this one, in a row, that ended without a word and without a single finished
  /// target.
  record Claim(ShardKey key, int epoch, PlanName plan, Shard shard, Duration running, int barren) {}

  /// Makes the caller the owner: the shard's epoch moves by one. The first claim of an attempt
  /// makes the run RUNNING. Empty when the attempt is final or superseded, or the shard complete.
  Optional<Claim> claim(ShardKey key);

  /// What the attempt checks.
  Optional<PlanCheckRunConfig> config(Claim claim);

  /// Places of this shard whose results are stored already, by this owner or by any before.
  BitSet finished(Claim claim);

  /// Stores what was found on some targets and moves the run's counters, in one transaction. A
  /// target comes once; only a whole call can be repeated, in case its answer was lost, and counts
  /// once. False if the shard is no longer the caller's: then nothing was written.
  boolean append(Claim claim, List<CheckedTarget> targets);

  /// Ends a shard whose every place is stored. False if it is no longer the caller's.
  boolean complete(Claim claim);

  /// Gives the shard back as it is, for another owner: the caller's process stops.
  boolean release(Claim claim);

  /// Makes the whole attempt FAILED, as infrastructure stopped it; no shard of it has an owner any
  /// more. False if the shard is no longer the caller's.
  boolean fail(Claim claim, String error);
}
