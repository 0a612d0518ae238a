// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.legacy;

import dev.plancheck.checks.ApiException;
import dev.plancheck.checks.ApiException.Code;
import dev.plancheck.checks.CheckPorts;
import dev.plancheck.checks.legacy.LegacyRunService.Cursor;
import dev.plancheck.checks.legacy.LegacyState.OfPlan;
import dev.plancheck.checks.plan.PlanName;
import dev.plancheck.checks.run.CheckTarget;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// One attempt of a plan's run, read for its virtual runs. Results go by one at a time; only those
/// of the virtual runs that are answered with are held.
final class Reading {
  /// The most results in one answer.
  private static final int MOST_RESULTS = 300_000;

  /// The plan was run again while it was read.
  static final class ChangedException extends ApiException {
    private static final long serialVersionUID = 1L;

    ChangedException(PlanName plan) {
      super(Code.ABORTED, "%s is checked again just now: list from the first page".formatted(plan));
    }
  }

  /// Where a virtual run comes in pages; see [Cursor].
  record Place(LegacyUid uid, boolean clean) {
    static final Comparator<Place> ORDER =
        Comparator.comparing(Place::clean).thenComparingLong(place -> place.uid.uid());

    boolean isAfter(Cursor cursor) {
      return clean == cursor.clean() ? uid.uid() > cursor.uid() : clean;
    }
  }

  private final CheckPorts ports;
  private final OfPlan plan;
  private final Map<LegacyCheck, List<CheckTarget>> checks = new LinkedHashMap<>();

  /// `plan` must be the newest that is known.
  Reading(CheckPorts ports, OfPlan plan) {
    this.ports = ports;
    this.plan = plan;
    var config = ports.runs().config(name()).orElseThrow(() -> new ChangedException(name()));
    for (var target : config.targets()) {
      for (var type : target.types()) {
        checks
            .computeIfAbsent(
                new LegacyCheck(target.target(), target.sheet(), type), _ -> new ArrayList<>(1))
            .add(target);
      }
    }
  }

  private PlanName name() {
    return plan.run().plan();
  }

  int attempt() {
    return plan.run().attempt();
  }

  /// Whether the run answers for the plan as it is.
  boolean isCurrent() {
    return plan.outOfDate().isEmpty() && !plan.edited();
  }

  /// By uid, ascending. What has no name yet gets one.
  List<Place> matching(LegacyFilter filter) {
    var index = index(checks.keySet(), Gathered::bits);
    var now = read(index);
    var matching = new ArrayList<Place>();
    for (var uid : ports.legacyUids().give(name(), checks.keySet())) {
      var gathered = index.get(uid.check());
      if (gathered != null) {
        var state = LegacyState.of(now, gathered, uid.told());
        if (filter.matches(state.status(), state.statuses(gathered))) {
          matching.add(new Place(uid, state.isClean(gathered)));
        }
      }
    }
    return matching;
  }

  /// With their results, in the order given; without what the plan does not check any more, and
  /// what does not match any more.
  List<LegacyRun> runs(List<LegacyUid> uids, LegacyFilter filter) {
    var wanted = uids.stream().map(LegacyUid::check).filter(checks::containsKey).toList();
    var index = index(wanted, Gathered::results);
    var now = index.isEmpty() ? plan : read(index);
    var found = new ArrayList<LegacyRun>();
    for (var uid : uids) {
      var gathered = index.get(uid.check());
      if (gathered != null) {
        var state = LegacyState.of(now, gathered, uid.told());
        if (filter.matches(state.status(), state.statuses(gathered))) {
          found.add(state.run(now, gathered, uid));
        }
      }
    }
    return found;
  }

  private Map<LegacyCheck, Gathered> index(
      Collection<LegacyCheck> wanted, Supplier<Gathered> empty) {
    var index = new HashMap<LegacyCheck, Gathered>();
    for (var check : wanted) {
      var gathered = empty.get();
      checks.getOrDefault(check, List.of()).forEach(gathered::expect);
      index.put(check, gathered);
    }
    return index;
  }

  /// The run whose results were gathered. The config was read before, and is of its attempt if that
  /// is still the one that was known before.
  private OfPlan read(Map<LegacyCheck, Gathered> index) {
    var count = new int[1];
    var run =
        ports
            .runs()
            .read(
                name(),
                0,
                found -> {
                  var result = found.result();
                  var gathered =
                      index.get(new LegacyCheck(result.target(), result.sheet(), result.type()));
                  if (gathered != null && gathered.add(found) && gathered.holdsResults()) {
                    requireFew(++count[0]);
                  }
                  return true;
                });
    return run.filter(read -> read.attempt() == attempt())
        .map(read -> new OfPlan(read, plan.outOfDate(), plan.edited()))
        .orElseThrow(() -> new ChangedException(name()));
  }

  private void requireFew(int count) {
    if (count > MOST_RESULTS) {
      throw new ApiException(
          Code.RESOURCE_EXHAUSTED,
          "page_size",
          "these plan check runs of %s have more than %d results (expected: a smaller page_size)"
              .formatted(name(), MOST_RESULTS));
    }
  }
}
