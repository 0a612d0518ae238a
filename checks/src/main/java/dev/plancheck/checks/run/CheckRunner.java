// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.run;

import dev.plancheck.checks.advise.AdviseExecutor;
import dev.plancheck.checks.advise.ScriptReview;
import dev.plancheck.checks.declarative.ComputedSheets;
import dev.plancheck.checks.declarative.SchemaDifferences;
import dev.plancheck.checks.ghost.GhostExecutor;
import dev.plancheck.checks.plan.PlanName;
import dev.plancheck.checks.plan.Sheets;
import dev.plancheck.checks.policy.PolicySource;
import dev.plancheck.checks.run.Attempt.MissingException;
import dev.plancheck.checks.run.StopSignal.Reason;
import dev.plancheck.checks.summary.SummaryExecutor;
import dev.plancheck.checks.target.TargetConnector;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/// Executes checks on the databases: many targets in parallel, each over one connection, whatever
/// fails in one of them kept to that one. What is found goes to a sink at once and is not kept, so
/// that memory does not grow with the number of targets. Knows nothing of where runs are stored.
///
/// One runner serves all runs of a process, which share its connection slots and its threads for
/// parsing and reviewing; these are few and not virtual, because they compute and must not keep the
/// virtual ones from running.
public final class CheckRunner implements AutoCloseable {
  private static final Duration TICK = Duration.ofMillis(500);

  /// Takes the results of targets, in the order of their arrival, from several threads. It may let
  /// them wait.
  public interface Sink {
    void take(CheckedTarget target) throws InterruptedException;
  }

  /// What checks are made by: where sheets and policies are, and who reads them.
  public record Means(ScriptReview review, PolicySource policies, Sheets sheets) {}

  private final RunWork.Tools tools;
  private final Means means;
  private final ExecutorService computing;
  private volatile TargetTimes latest = new TargetTimes();

  /// By what users' databases are read.
  public record Readers(TargetConnector connector, SchemaDifferences differences) {}

  /// Without declarative schemas.
  public CheckRunner(
      TargetConnector connector,
      Means means,
      ConnectionLeases leases,
      RunSettings settings,
      InstantSource clock) {
    this(new Readers(connector, SchemaDifferences.none()), means, leases, settings, clock);
  }

  public CheckRunner(
      Readers readers,
      Means means,
      ConnectionLeases leases,
      RunSettings settings,
      InstantSource clock) {
    this.tools =
        new RunWork.Tools(
            readers.connector(),
            readers.differences(),
            new ConnectionSlots(
                settings.connections(), settings.connectionsPerInstance(), leases, clock),
            settings,
            clock,
            new InstanceBreakers(clock));
    this.means = means;
    this.computing =
        Executors.newFixedThreadPool(
            Math.max(2, Runtime.getRuntime().availableProcessors()),
            Thread.ofPlatform().daemon().name("review ", 0).factory());
  }

  /// What the shards of one attempt share; no plan is known, for which computed sheets could be
  /// kept.
  public Attempt attempt(PlanCheckRunConfig config) {
    return attempt(config, sheet -> means.sheets().put(sheet.text()));
  }

  /// What the shards of one attempt share.
  public Attempt attempt(PlanCheckRunConfig config, PlanName plan) {
    return attempt(config, sheet -> means.sheets().keepComputed(plan, sheet));
  }

  private Attempt attempt(PlanCheckRunConfig config, ComputedSheets computed) {
    latest = new TargetTimes();
    return new Attempt(
        config, new Attempt.Reviewing(means, computing, tools.settings().shared(), computed));
  }

  /// All that a config wants to be checked; see [#run(Attempt, BitSet, Duration, StopSignal,
  /// Sink)].
  public void run(PlanCheckRunConfig config, StopSignal stop, Sink sink)
      throws InterruptedException {
    var attempt = attempt(config);
    run(attempt, attempt.places(), tools.settings().run(), stop, sink);
  }

  /// Blocks until every one of these places has its results, or the signal stops it; then it ends
  /// within two seconds. When its time is over, each place that was not reached gets a result that
  /// says so. What stopped it is in the signal.
  public void run(Attempt attempt, BitSet places, Duration time, StopSignal stop, Sink sink)
      throws InterruptedException {
    if (stop.isStopped() || places.isEmpty()) {
      return;
    }
    var scripts = scripts(attempt, places, stop);
    if (scripts != null) {
      var work = new RunWork(tools, attempt.targets(), scripts, stop, sink, latest);
      execute(work, places, time);
      tellUnreached(work, places);
    }
  }

  /// The rights to connections that everything in this process shares.
  public ConnectionSlots slots() {
    return tools.slots();
  }

  /// Of the attempt that was begun last.
  public TargetTimes latestTimes() {
    return latest;
  }

  @Override
  public void close() {
    computing.shutdownNow();
    tools.slots().close();
  }

  /// Null when sheets or policies are not to be had, which stops the run.
  private static RunWork.@Nullable Scripts scripts(
      Attempt attempt, BitSet places, StopSignal stop) {
    try {
      var reviews = attempt.reviews();
      return new RunWork.Scripts(
          attempt.before(places),
          attempt.policies(),
          reviews,
          new CheckExecutors(
              new AdviseExecutor(reviews), new SummaryExecutor(), new GhostExecutor()),
          attempt::keep);
    } catch (MissingException e) {
      stop.stop(new Reason.Failed(e.cause()));
    } catch (RuntimeException e) {
      var error = new InternalErrors().tell("reading sheets and policies", e);
      stop.stop(new Reason.Failed("sheets or policies could not be read: " + error));
    }
    return null;
  }

  private void execute(RunWork work, BitSet places, Duration time) throws InterruptedException {
    var end = tools.clock().instant().plus(time);
    try (var fanout = new Fanout("check")) {
      lanes(work, places, fanout).forEach(lane -> fanout.fork(lane::work));
      try {
        while (!fanout.await(TICK)) {
          if (!tools.clock().instant().isBefore(end)) {
            work.stop().stop(new Reason.TimeLimit(tools.settings().run()));
          }
        }
        // Results of targets never fail: this is a bug in the loop around them.
        fanout.throwFailure();
      } catch (InterruptedException e) {
        work.stop().stop(new Reason.Failed("the run was interrupted"));
        throw e;
      } catch (RuntimeException | Error e) {
        work.stop().stop(new Reason.Failed(work.errors().tell("running checks", e)));
      }
    }
  }

  private static List<Lane> lanes(RunWork work, BitSet places, Fanout fanout) {
    var instances = new LinkedHashMap<String, List<Integer>>();
    places.stream()
        .forEach(place ->
            instances
                .computeIfAbsent(
                    work.targets().get(place).target().instance(), _ -> new ArrayList<>())
                .add(place));
    return instances.entrySet().stream()
        .map(lane -> new Lane(lane.getKey(), lane.getValue(), work, fanout))
        .toList();
  }

  private static void tellUnreached(RunWork work, BitSet places) throws InterruptedException {
    if (work.stop().reason().orElse(null) instanceof Reason.TimeLimit limit) {
      for (var place : places.stream().filter(place -> !work.isTold(place)).toArray()) {
        var target = work.targets().get(place);
        work.tell(place, TargetCheck.notPerformed(target, Patience.words(limit)));
      }
    }
  }
}
