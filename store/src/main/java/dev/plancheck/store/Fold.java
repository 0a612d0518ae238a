// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.store;

import dev.plancheck.checks.run.CheckTarget;
import dev.plancheck.checks.run.Result;
import dev.plancheck.checks.run.RunCounts;
import dev.plancheck.checks.run.RunStatus;
import dev.plancheck.store.codec.DatedResult;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Walks over what an attempt was to check, in plan order, and writes the results of each target:
/// new ones out of its chunks, one shard at a time, and kept ones out of the stored result, which
/// goes by in the same order.
final class Fold {
  private final Handle handle;
  private final Folding.Ready ready;
  private final List<CheckTarget> chosen;
  private final PartWriter parts;
  private final FoundByPlace found;

  /// Where kept targets stand in `chosen`.
  private final Map<TargetIdentity, List<Integer>> kept = new HashMap<>();

  /// Of the kept target that goes by.
  private final List<DatedResult> passing = new ArrayList<>();

  private int passingAt;

  /// The next of `chosen` to be written, and the next place among those that were checked.
  private int next;

  private int place;
  private RunCounts counts;
  private @Nullable Instant oldest;

  Fold(Handle handle, Folding.Ready ready, PartWriter parts) {
    this.handle = handle;
    this.ready = ready;
    this.chosen = ready.config().chosen();
    this.parts = parts;
    this.found = new FoundByPlace(handle, ready.key());
    this.counts = RunCounts.planned(ready.config().targets().size(), chosen.size());
    for (var index = 0; index < chosen.size(); index++) {
      var target = chosen.get(index);
      if (target.kept()) {
        kept.computeIfAbsent(TargetIdentity.of(target), _ -> new ArrayList<>(1)).add(index);
      }
    }
  }

  void run() {
    if (!kept.isEmpty()) {
      new StoredResults(handle, ready.key().run()).read(0, this::keep);
    }
    writePassing();
    writeUpTo(chosen.size());
    parts.end();
    if (oldest == null && ready.status() == RunStatus.RUNNING) {
      oldest = ready.startedAt();
    }
  }

  /// All numbers, counted anew.
  RunCounts counts() {
    return counts;
  }

  /// When the attempt began that found the oldest of the results; empty if there are none.
  Optional<Instant> oldest() {
    return Optional.ofNullable(oldest);
  }

  private boolean keep(DatedResult result) {
    var position = position(result.result());
    if (position >= next) {
      if (position != passingAt) {
        writePassing();
        passingAt = position;
      }
      passing.add(result);
    }
    return true;
  }

  /// -1 for a target that is not kept. One that is there more than once has other checks each time.
  private int position(Result result) {
    var positions = kept.getOrDefault(TargetIdentity.of(result), List.of());
    if (positions.size() == 1) {
      return positions.getFirst();
    }
    for (var position : positions) {
      if (chosen.get(position).types().contains(result.type())) {
        return position;
      }
    }
    return -1;
  }

  private void writePassing() {
    if (!passing.isEmpty()) {
      writeUpTo(passingAt);
      write(List.copyOf(passing));
      next = passingAt + 1;
      passing.clear();
    }
  }

  /// New results of the targets before `end`; kept ones among them have none.
  private void writeUpTo(int end) {
    for (; next < end; next++) {
      if (!chosen.get(next).kept()) {
        var results = found.at(place++);
        if (results != null) {
          write(results.stream().map(result -> new DatedResult(result, null)).toList());
        }
      }
    }
  }

  private void write(List<DatedResult> results) {
    for (var dated : results) {
      counts = counts.plus(dated.result());
      var time = dated.keptFrom() == null ? ready.startedAt() : dated.keptFrom();
      if (time != null && (oldest == null || time.isBefore(oldest))) {
        oldest = time;
      }
    }
    counts = counts.withDone(counts.done() + 1);
    parts.add(results);
  }
}
