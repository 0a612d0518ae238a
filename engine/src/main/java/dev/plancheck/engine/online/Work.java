// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.online;

/// What a server does for a change: `rebuild` tells that all rows are written anew.
public record Work(Algorithm algorithm, boolean rebuild, Lock lock) {
  /// Whether writes wait as long as the work lasts, which grows with the table.
  public boolean blocksWrites() {
    return lock == Lock.SHARED;
  }

  /// Both at once: what costs more of either.
  public Work and(Work other) {
    return new Work(
        algorithm.compareTo(other.algorithm) >= 0 ? algorithm : other.algorithm,
        rebuild || other.rebuild,
        lock.compareTo(other.lock) >= 0 ? lock : other.lock);
  }

  Work withLock(Lock changed) {
    return new Work(algorithm, rebuild, changed);
  }

  /// As ALGORITHM and LOCK would say it: `INPLACE, rebuild, LOCK=SHARED`.
  @Override
  public String toString() {
    return algorithm + (rebuild ? ", rebuild" : "") + (lock == Lock.NONE ? "" : ", LOCK=" + lock);
  }
}
