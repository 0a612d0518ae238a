// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.run;

import dev.plancheck.checks.advise.AdviseExecutor;
import dev.plancheck.checks.advise.ScriptReview;
import dev.plancheck.checks.advise.SharedReviews;
import dev.plancheck.checks.ghost.GhostExecutor;
import dev.plancheck.checks.plan.Sheets;
import dev.plancheck.checks.run.StopSignal.Reason;
import dev.plancheck.checks.summary.SummaryExecutor;
import dev.plancheck.checks.target.TargetConnector;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Executes frozen configs on the databases: all chosen targets in parallel, each over one
/// connection, whatever fails in one of them kept to that one. Knows nothing of where runs are
/// stored.
///
/// One runner serves all runs of a process, which share its connection slots and its threads for
/// parsing and reviewing; these are few and not virtual, because they compute and must not keep the
/// virtual ones from running.
public final class CheckRunner implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CheckRunner.class);
  private static final Duration TICK = Duration.ofMillis(500);
  private static final int MISSED_TICKS = 20;

  /// Hears of the counters at least once a second while a run is executed; false ends the run,
  /// because it is no longer this worker's.
  public interface Progress {
    boolean moved(RunCounts counts);
  }

  private final RunWork.Tools tools;
  private final ScriptReview review;
  private final Sheets sheets;
  private final ExecutorService computing;
  private volatile TargetTimes latest = new TargetTimes();

  public CheckRunner(
      TargetConnector connector,
      ScriptReview review,
      Sheets sheets,
      RunSettings settings,
      InstantSource clock) {
    this.tools =
        new RunWork.Tools(
            connector,
            new ConnectionSlots(settings.connections(), settings.connectionsPerInstance()),
            settings,
            clock);
    this.review = review;
    this.sheets = sheets;
    this.computing =
        Executors.newFixedThreadPool(
            Math.max(2, Runtime.getRuntime().availableProcessors()),
            Thread.ofPlatform().daemon().name("review ", 0).factory());
  }

  /// Blocks until every chosen target has its results, or the signal or a time limit stops it; then
  /// it ends within two seconds. Whatever stops it, what was found is in the report.
  public RunReport run(PlanCheckRunConfig config, StopSignal stop, Progress progress)
      throws InterruptedException {
    var texts = texts(config, stop);
    var work = work(config, texts, stop);
    latest = work.times();
    if (!stop.isStopped() && !work.targets().isEmpty()) {
      execute(work, progress);
    }
    return report(work);
  }

  /// Of the run that was begun last.
  public TargetTimes latestTimes() {
    return latest;
  }

  @Override
  public void close() {
    computing.shutdownNow();
  }

  /// The sheets of all targets, since one may run before another's; stops the run when they are not
  /// to be had.
  private Map<String, String> texts(PlanCheckRunConfig config, StopSignal stop) {
    Map<String, String> texts = new HashMap<>();
    try {
      for (var target : config.targets()) {
        if (!texts.containsKey(target.sheet())) {
          var sheet = sheets.get(target.sheet());
          sheet.ifPresentOrElse(
              found -> texts.put(found.sha256(), found.text()),
              () ->
                  stop.stop(
                      new Reason.Failed(
                          "the sheet %s of spec %s is not stored"
                              .formatted(target.sheet(), target.spec()))));
        }
      }
    } catch (RuntimeException e) {
      var error = new InternalErrors().tell("reading sheets", e);
      stop.stop(new Reason.Failed("the sheets could not be read: " + error));
    }
    return texts;
  }

  private RunWork work(PlanCheckRunConfig config, Map<String, String> texts, StopSignal stop) {
    var reviews = new SharedReviews(review, texts, computing, tools.settings().shared());
    var executors =
        new CheckExecutors(new AdviseExecutor(reviews), new SummaryExecutor(), new GhostExecutor());
    return new RunWork(tools, config, reviews, executors, stop);
  }

  private void execute(RunWork work, Progress progress) throws InterruptedException {
    var end = tools.clock().instant().plus(tools.settings().run());
    try (var fanout = new Fanout("check")) {
      lanes(work, fanout).forEach(lane -> fanout.fork(lane::work));
      try {
        watch(work, fanout, end, progress);
      } catch (InterruptedException e) {
        work.stop().stop(new Reason.Failed("the run was interrupted"));
        throw e;
      } catch (RuntimeException | Error e) {
        work.stop().stop(new Reason.Failed(work.errors().tell("running checks", e)));
      }
    }
  }

  private static List<Lane> lanes(RunWork work, Fanout fanout) {
    var places = new LinkedHashMap<String, List<Integer>>();
    for (var place = 0; place < work.targets().size(); place++) {
      places
          .computeIfAbsent(work.targets().get(place).target().instance(), _ -> new ArrayList<>())
          .add(place);
    }
    return places.entrySet().stream()
        .map(lane -> new Lane(lane.getKey(), lane.getValue(), work, fanout))
        .toList();
  }

  /// Until all workers have ended.
  private void watch(RunWork work, Fanout fanout, Instant end, Progress progress)
      throws InterruptedException {
    var missed = 0;
    while (!fanout.await(TICK)) {
      if (!tools.clock().instant().isBefore(end)) {
        work.stop().stop(new Reason.TimeLimit(tools.settings().run()));
      }
      try {
        if (!progress.moved(work.counts())) {
          work.stop().stop(new Reason.Canceled());
        }
        missed = 0;
      } catch (RuntimeException e) {
        missed++;
        LOG.warn("the progress of a run could not be stored ({} times in a row)", missed, e);
        if (missed >= MISSED_TICKS) {
          work.stop().stop(new Reason.Failed("the progress could not be stored"));
        }
      }
    }
    // Results of targets never fail: this is a bug in the loop around them.
    fanout.throwFailure();
  }

  private static RunReport report(RunWork work) {
    var stopped = work.stop().reason().orElse(null);
    var results = new ArrayList<Result>();
    for (var place = 0; place < work.targets().size(); place++) {
      var found = work.results(place);
      if (found == null && stopped instanceof Reason.TimeLimit limit) {
        work.tell(
            place, TargetCheck.notPerformed(work.targets().get(place), Patience.words(limit)));
        found = work.results(place);
      }
      if (found != null) {
        results.addAll(found);
      }
    }
    return new RunReport(results, work.counts(), stopped);
  }
}
