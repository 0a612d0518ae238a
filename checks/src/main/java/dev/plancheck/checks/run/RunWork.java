// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.run;

import dev.plancheck.checks.advise.SharedReviews;
import dev.plancheck.checks.plan.DatabaseName;
import dev.plancheck.checks.target.TargetConnector;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/// What everything that works for one run shares, and where it leaves its results: each target has
/// its own place, so that the order of arrival means nothing.
final class RunWork {
  /// What outlives the run.
  record Tools(
      TargetConnector connector,
      ConnectionSlots slots,
      RunSettings settings,
      InstantSource clock) {}

  private record Place(String spec, DatabaseName database) {
    static Place of(CheckTarget target) {
      return new Place(target.spec(), target.target());
    }
  }

  private final Tools tools;
  private final List<CheckTarget> targets;
  private final Map<Place, List<String>> before;
  private final SharedReviews reviews;
  private final CheckExecutors executors;
  private final StopSignal stop;
  private final InternalErrors errors = new InternalErrors();
  private final AtomicReferenceArray<@Nullable List<Result>> results;
  private final TargetTimes times = new TargetTimes();
  private RunCounts counts;

  RunWork(
      Tools tools,
      PlanCheckRunConfig config,
      SharedReviews reviews,
      CheckExecutors executors,
      StopSignal stop) {
    this.tools = tools;
    this.targets = config.chosen();
    this.before = before(config.targets());
    this.reviews = reviews;
    this.executors = executors;
    this.stop = stop;
    this.results = new AtomicReferenceArray<>(targets.size());
    this.counts = RunCounts.planned(config.targets().size(), targets.size());
  }

  TargetConnector connector() {
    return tools.connector();
  }

  ConnectionSlots slots() {
    return tools.slots();
  }

  RunSettings settings() {
    return tools.settings();
  }

  InstantSource clock() {
    return tools.clock();
  }

  List<CheckTarget> targets() {
    return targets;
  }

  /// The sheets that the plan runs on the same database before this one's, in order.
  List<String> before(CheckTarget target) {
    return before.getOrDefault(Place.of(target), List.of());
  }

  /// A spec may name a database more than once, for one check each.
  private static Map<Place, List<String>> before(List<CheckTarget> targets) {
    var known = new HashMap<Place, List<String>>();
    var soFar = new HashMap<DatabaseName, List<String>>();
    for (var target : targets) {
      var earlier = soFar.getOrDefault(target.target(), List.of());
      if (known.putIfAbsent(Place.of(target), earlier) == null) {
        var through = new ArrayList<>(earlier);
        through.add(target.sheet());
        soFar.put(target.target(), List.copyOf(through));
      }
    }
    return known;
  }

  SharedReviews reviews() {
    return reviews;
  }

  CheckExecutors executors() {
    return executors;
  }

  StopSignal stop() {
    return stop;
  }

  TargetTimes times() {
    return times;
  }

  InternalErrors errors() {
    return errors;
  }

  /// Whether the run ends without a word on what it did not reach: canceled or failed.
  boolean isAborted() {
    return stop.reason()
        .map(reason -> !(reason instanceof StopSignal.Reason.TimeLimit))
        .orElse(false);
  }

  /// The results of the target at a place, none if it was not reached.
  void tell(int place, List<Result> found) {
    if (found.isEmpty()) {
      return;
    }
    results.set(place, found);
    count(targets.get(place), found);
  }

  @Nullable List<Result> results(int place) {
    return results.get(place);
  }

  synchronized RunCounts counts() {
    return counts;
  }

  private synchronized void count(CheckTarget target, List<Result> found) {
    for (var result : found) {
      counts = counts.plus(result);
    }
    var types = found.stream().map(Result::type).distinct().count();
    if (types == target.types().size()) {
      counts = counts.withDone(counts.done() + 1);
    }
  }
}
