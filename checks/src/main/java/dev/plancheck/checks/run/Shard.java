// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.run;

import java.util.ArrayList;
import java.util.List;

/// A stretch of the targets that an attempt checks, which one worker works on: places in
/// [PlanCheckRunConfig#toCheck], from `first` on, up to but without `end`. Shards are numbered from
/// 0.
public record Shard(int number, int first, int end) {
  public Shard {
    if (number < 0 || first < 0 || end < first) {
      throw new IllegalArgumentException(
          "shard %d: places %d to %d (expected: 0 <= first <= end)".formatted(number, first, end));
    }
  }

  public int size() {
    return end - first;
  }

  /// Shards of almost equal size, none larger than `most`; a single, empty one for no places, so
  /// that every attempt has somebody who ends it.
  public static List<Shard> split(int places, int most) {
    if (most < 1) {
      throw new IllegalArgumentException("targets of a shard: %d (expected: > 0)".formatted(most));
    }
    var count = Math.max(1, Math.ceilDiv(places, most));
    var shards = new ArrayList<Shard>(count);
    for (var number = 0; number < count; number++) {
      shards.add(
          new Shard(
              number,
              (int) ((long) places * number / count),
              (int) ((long) places * (number + 1) / count)));
    }
    return shards;
  }
}
