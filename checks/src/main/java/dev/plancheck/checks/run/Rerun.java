// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.run;

import dev.plancheck.checks.ApiException;
import dev.plancheck.checks.ApiException.Code;
import dev.plancheck.checks.plan.DatabaseName;
import dev.plancheck.checks.plan.PlanName;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;

/// The order for a part of a plan's checks, whose other targets keep the results of the last
/// attempt. What the last attempt has no complete answer on is checked again in any case.
///
/// Holds a few numbers per target, never the results themselves.
final class Rerun {
  /// What the last attempt says of one target.
  private static final class Tally {
    private final Set<CheckType> types = EnumSet.noneOf(CheckType.class);
    private RunCounts counts = RunCounts.planned(0, 0);

    void add(Result result) {
      types.add(result.type());
      counts = counts.plus(result);
    }

    boolean failed() {
      return counts.error() > 0 || counts.notPerformed() > 0;
    }

    boolean isComplete(CheckTarget target) {
      return types.containsAll(target.types());
    }
  }

  private final PlanName plan;
  private final PlanCheckRun last;
  private final PlanCheckRunConfig config;
  private final Map<SpecTarget, Tally> tallies = new HashMap<>();

  /// `last` must be final, and made for what `config` was planned from.
  Rerun(PlanCheckRun last, PlanCheckRunConfig config) {
    this.plan = last.plan();
    this.last = last;
    this.config = config;
  }

  /// Throws [ApiException]: INVALID_ARGUMENT for specs and targets that the plan does not check,
  /// FAILED_PRECONDITION when nothing is left to check, ABORTED when the last attempt is not folded
  /// yet.
  RunOrder order(RunScope scope, Runs runs, int targetsOfShard, String actor) {
    validate(scope);
    read(runs);
    var places = scope.places();
    var marked =
        mark((target, tally) -> places.test(target) && (!scope.failedOnly() || tally.failed()));
    if (marked.toCheck().isEmpty()) {
      throw nothingToCheck(scope);
    }
    return orderOf(marked, targetsOfShard, actor);
  }

  /// The order to check just these targets, sampled out or not. The others keep their results if
  /// `keep`, and else have none: then the plan is `config`'s but what it was checked by is not.
  /// Throws [ApiException] as [#order].
  RunOrder orderOf(
      Set<SpecTarget> asked, boolean keep, Runs runs, int targetsOfShard, String actor) {
    if (keep) {
      read(runs);
    }
    var targets =
        config.targets().stream()
            .map(target -> {
              var tally = tallies.get(SpecTarget.of(target));
              var again = asked.contains(SpecTarget.of(target));
              var kept = !again && tally != null && tally.isComplete(target);
              return target.withSampledOut(!again && !kept).withKept(kept);
            })
            .toList();
    return orderOf(config.withTargets(targets), targetsOfShard, actor);
  }

  private RunOrder orderOf(PlanCheckRunConfig marked, int targetsOfShard, String actor) {
    if (marked.targets().stream().noneMatch(CheckTarget::kept)) {
      return RunOrder.whole(marked, targetsOfShard, actor);
    }
    return new RunOrder(
        marked,
        counts(marked),
        last.attempt(),
        Shard.split(marked.toCheck().size(), targetsOfShard),
        actor);
  }

  private void validate(RunScope scope) {
    var specs = config.targets().stream().map(CheckTarget::spec).collect(Collectors.toSet());
    for (var index = 0; index < scope.specs().size(); index++) {
      if (!specs.contains(scope.specs().get(index))) {
        throw ApiException.invalid(
            "spec_ids[%d]".formatted(index),
            "spec: %s (expected: a spec of %s that is checked)"
                .formatted(scope.specs().get(index), plan));
      }
    }
    var matched = new HashSet<DatabaseName>();
    var chosen = new HashSet<DatabaseName>();
    for (var target : config.targets()) {
      matched.add(target.target());
      if (!target.sampledOut()) {
        chosen.add(target.target());
      }
    }
    for (var index = 0; index < scope.targets().size(); index++) {
      var wanted = scope.targets().get(index);
      if (!matched.contains(wanted)) {
        throw ApiException.invalid(
            "targets[%d]".formatted(index),
            "target: %s (expected: a database that %s changes)".formatted(wanted, plan));
      }
      if (!chosen.contains(wanted)) {
        throw new ApiException(
            Code.FAILED_PRECONDITION,
            "targets[%d]".formatted(index),
            "target: %s is not among the databases that the project's sampling chose of %s"
                .formatted(wanted, plan));
      }
    }
  }

  private void read(Runs runs) {
    var folded = new AtomicBoolean(true);
    var of =
        runs.read(
            plan,
            0,
            found -> {
              if (found.previous()) {
                folded.set(false);
                return false;
              }
              var result = found.result();
              tallies.computeIfAbsent(SpecTarget.of(result), _ -> new Tally()).add(result);
              return true;
            });
    if (of.isEmpty() || of.get().attempt() != last.attempt() || !folded.get()) {
      throw ApiException.aborted(
          "the results of attempt %d of %s are still being put together"
              .formatted(last.attempt(), plan));
    }
  }

  private PlanCheckRunConfig mark(BiPredicate<CheckTarget, Tally> again) {
    return config.withTargets(
        config.targets().stream()
            .map(target -> {
              var tally = tallies.get(SpecTarget.of(target));
              return target.withKept(
                  !target.sampledOut()
                      && tally != null
                      && tally.isComplete(target)
                      && !again.test(target, tally));
            })
            .toList());
  }

  private RunCounts counts(PlanCheckRunConfig marked) {
    var counts = RunCounts.planned(marked.targets().size(), marked.chosen().size());
    for (var target : marked.targets()) {
      var tally = tallies.get(SpecTarget.of(target));
      if (target.kept() && tally != null) {
        counts = counts.plusTarget(tally.counts);
      }
    }
    return counts;
  }

  private ApiException nothingToCheck(RunScope scope) {
    var where = scope.specs().isEmpty() && scope.targets().isEmpty() ? "" : " that was asked for";
    return ApiException.failedPrecondition(
        scope.failedOnly()
            ? "no check%s of %s failed in attempt %d (expected: at least one to run again)"
                .formatted(where, plan, last.attempt())
            : "nothing%s is checked in %s (expected: targets of these specs)"
                .formatted(where, plan));
  }

  /// What a plan must be run whole for: FAILED_PRECONDITION, with everything that changed.
  static ApiException refused(PlanName plan, List<Staleness> changes) {
    return ApiException.failedPrecondition(
        "a part of %s cannot be run again, because %s: run all checks"
            .formatted(
                plan,
                changes.stream().map(Staleness::words).collect(Collectors.joining(", and "))));
  }
}
