// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.run;

import dev.plancheck.checks.advise.SharedReviews;
import dev.plancheck.checks.declarative.ComputedSheets;
import dev.plancheck.checks.declarative.SchemaDifferences;
import dev.plancheck.checks.policy.GoverningTerms;
import dev.plancheck.checks.target.TargetConnector;
import java.time.InstantSource;
import java.util.BitSet;
import java.util.List;

/// What everything that works on one shard shares, and where its results go, target by target, in
/// the order of their arrival.
///
/// `told` are the places whose results went to the sink; guarded by itself.
final class RunWork {
  /// What outlives the run.
  record Tools(
      TargetConnector connector,
      SchemaDifferences differences,
      ConnectionSlots slots,
      RunSettings settings,
      InstantSource clock,
      InstanceBreakers breakers) {}

  /// What the work is made with: the sheets before each target's, the policy that governs each, the
  /// reviews, and where computed sheets go.
  record Scripts(
      Attempt.Before before,
      Attempt.Policies policies,
      SharedReviews reviews,
      CheckExecutors executors,
      ComputedSheets computed) {}

  private final Tools tools;
  private final List<CheckTarget> targets;
  private final Scripts scripts;
  private final StopSignal stop;
  private final CheckRunner.Sink sink;
  private final TargetTimes times;
  private final InternalErrors errors = new InternalErrors();
  private final BitSet told = new BitSet();

  RunWork(
      Tools tools,
      List<CheckTarget> targets,
      Scripts scripts,
      StopSignal stop,
      CheckRunner.Sink sink,
      TargetTimes times) {
    this.tools = tools;
    this.targets = targets;
    this.scripts = scripts;
    this.stop = stop;
    this.sink = sink;
    this.times = times;
  }

  TargetConnector connector() {
    return tools.connector();
  }

  SchemaDifferences differences() {
    return tools.differences();
  }

  ComputedSheets computed() {
    return scripts.computed();
  }

  ConnectionSlots slots() {
    return tools.slots();
  }

  InstanceBreakers breakers() {
    return tools.breakers();
  }

  RunSettings settings() {
    return tools.settings();
  }

  InstantSource clock() {
    return tools.clock();
  }

  /// Of the whole attempt, by place.
  List<CheckTarget> targets() {
    return targets;
  }

  /// The sheets that the plan runs on the same database before this one's, in order.
  List<String> before(CheckTarget target) {
    return scripts.before().of(target);
  }

  GoverningTerms governing(CheckTarget target) {
    return scripts.policies().of(target);
  }

  SharedReviews reviews() {
    return scripts.reviews();
  }

  CheckExecutors executors() {
    return scripts.executors();
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

  /// Whether the work ends without a word on what it did not reach: all but the end of its time.
  boolean isAborted() {
    return stop.reason()
        .map(reason -> !(reason instanceof StopSignal.Reason.TimeLimit))
        .orElse(false);
  }

  /// The results of the target at a place. Those of a target that was stopped in the middle are
  /// dropped: it counts as not reached. May wait for storage.
  void tell(int place, List<Result> found) throws InterruptedException {
    var types = found.stream().map(Result::type).distinct().count();
    if (types == targets.get(place).types().size()) {
      sink.take(new CheckedTarget(place, found));
      synchronized (told) {
        told.set(place);
      }
    }
  }

  boolean isTold(int place) {
    synchronized (told) {
      return told.get(place);
    }
  }
}
