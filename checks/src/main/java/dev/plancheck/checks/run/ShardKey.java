// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.run;

/// Names the work that a worker is woken up for: one shard of one attempt of a run. It is never
/// used again for other work.
public record ShardKey(long run, int attempt, int shard) {
  /// `12/3/0`
  @Override
  public String toString() {
    return run + "/" + attempt + "/" + shard;
  }
}
