// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.memory;

import dev.plancheck.checks.plan.DatabaseName;
import dev.plancheck.checks.plan.PlanName;
import dev.plancheck.checks.run.CheckTarget;
import dev.plancheck.checks.run.CheckedTarget;
import dev.plancheck.checks.run.FoundResult;
import dev.plancheck.checks.run.PlanCheckRun;
import dev.plancheck.checks.run.PlanCheckRunConfig;
import dev.plancheck.checks.run.Result;
import dev.plancheck.checks.run.RunCounts;
import dev.plancheck.checks.run.RunEvent;
import dev.plancheck.checks.run.RunOrder;
import dev.plancheck.checks.run.RunStatus;
import dev.plancheck.checks.run.Shard;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// One plan's run with everything that belongs to it. Guarded by the lock of [MemoryRuns].
///
/// `stored` are folded results, of this attempt when it is `folded`, else of the one before;
/// `found` are those of this attempt that are not folded yet, in the order in which they came.
final class MemoryRun {
  private record Identity(String spec, String sheet, DatabaseName target) {
    static Identity of(CheckTarget target) {
      return new Identity(target.spec(), target.sheet(), target.target());
    }
  }

  /// What is folded of one target.
  private record Stored(Identity of, Instant checkedAt, List<Result> results) {}

  /// A shard and who has it.
  static final class Part {
    final Shard shard;
    final BitSet finished = new BitSet();
    int epoch;
    int barren;
    boolean complete;

    Part(Shard shard) {
      this.shard = shard;
    }
  }

  private PlanCheckRun run;
  private PlanCheckRunConfig config;
  private List<CheckTarget> toCheck;
  private Map<Integer, Part> parts;
  private List<Stored> stored = List.of();
  private final List<CheckedTarget> found = new ArrayList<>();
  private boolean folded;
  final List<RunEvent> events = new ArrayList<>();

  MemoryRun(long id, PlanName plan, RunOrder order, Instant now) {
    this.run = PlanCheckRun.first(id, plan, order, now);
    this.config = order.config();
    this.toCheck = config.toCheck();
    this.parts = parts(order);
  }

  PlanCheckRun run() {
    return run;
  }

  PlanCheckRunConfig config() {
    return config;
  }

  boolean isFolded() {
    return folded;
  }

  Map<Integer, Part> parts() {
    return parts;
  }

  void change(PlanCheckRun changed) {
    run = changed;
  }

  void begin(RunOrder order, Instant now) {
    run = run.withNextAttempt(order, now);
    config = order.config();
    toCheck = config.toCheck();
    parts = parts(order);
    folded = false;
  }

  /// Refuses what is not in the shard or was stored before, but for a call that is repeated as it
  /// was.
  void append(Part part, List<CheckedTarget> targets, Instant now) {
    if (Collections.indexOfSubList(found, targets) >= 0) {
      return;
    }
    var counts = run.counts();
    for (var target : targets) {
      var place = target.place();
      if (place < part.shard.first() || place >= part.shard.end() || part.finished.get(place)) {
        throw new IllegalArgumentException(
            "place %d (expected: one of shard %s that has no results)"
                .formatted(place, part.shard));
      }
      part.finished.set(place);
      for (var result : target.results()) {
        counts = counts.plus(result);
      }
    }
    found.addAll(targets);
    part.barren = 0;
    run = run.withCounts(counts.withDone(counts.done() + targets.size()), now);
  }

  /// Takes every shard from whoever has it.
  void disown() {
    parts
        .values()
        .forEach(part -> {
          part.epoch++;
          part.complete = true;
        });
  }

  /// Makes what was found, and what is kept, the stored results, in plan order.
  void fold(Instant now) {
    var started = Objects.requireNonNullElse(run.times().startedAt(), now);
    var results = folded(started);
    var counts = RunCounts.planned(config.targets().size(), config.chosen().size());
    for (var target : results) {
      for (var result : target.results()) {
        counts = counts.plus(result);
      }
    }
    counts = counts.withDone(results.size());
    var oldest = results.stream().map(Stored::checkedAt).min(Comparator.naturalOrder());
    run =
        run.status() == RunStatus.RUNNING
            ? run.withEnd(counts, oldest.orElse(started), now)
            : run.withPartial(counts, oldest.orElse(null), now);
    stored = results;
    found.clear();
    parts = Map.of();
    folded = true;
  }

  private List<Stored> folded(Instant started) {
    var kept = new HashMap<Identity, Stored>();
    stored.forEach(target -> kept.put(target.of(), target));
    var byPlace = new HashMap<Integer, CheckedTarget>();
    found.forEach(target -> byPlace.put(target.place(), target));
    var results = new ArrayList<Stored>();
    var place = 0;
    for (var target : config.chosen()) {
      var identity = Identity.of(target);
      var own = target.kept() ? null : byPlace.get(place++);
      var result =
          own == null
              ? target.kept() ? kept.get(identity) : null
              : new Stored(identity, started, own.results());
      if (result != null) {
        results.add(result);
      }
    }
    return results;
  }

  /// All results as [dev.plancheck.checks.run.Runs#read] orders them.
  List<FoundResult> results() {
    var all = new ArrayList<FoundResult>();
    var own = new HashSet<Identity>();
    var started = Objects.requireNonNullElse(run.times().startedAt(), run.times().queuedAt());
    for (var target : found) {
      own.add(Identity.of(toCheck.get(target.place())));
      target.results().forEach(result -> all.add(new FoundResult(result, started, false)));
    }
    for (var target : stored) {
      if (!own.contains(target.of())) {
        target
            .results()
            .forEach(result -> all.add(new FoundResult(result, target.checkedAt(), !folded)));
      }
    }
    return all;
  }

  void log(RunEvent.Kind kind, String actor, Instant now) {
    events.add(
        new RunEvent(
            events.size() + 1L,
            kind,
            run.attempt(),
            run.counts(),
            run.verdict(),
            new RunEvent.Basis(
                run.planVersion(), run.policyHash(), run.rulesVersion(), run.membershipHash()),
            actor,
            run.error(),
            now));
  }

  @Nullable Part part(int shard) {
    return parts.get(shard);
  }

  private static Map<Integer, Part> parts(RunOrder order) {
    var parts = new LinkedHashMap<Integer, Part>();
    order.shards().forEach(shard -> parts.put(shard.number(), new Part(shard)));
    return parts;
  }
}
