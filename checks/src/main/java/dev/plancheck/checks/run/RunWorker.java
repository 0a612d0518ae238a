// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.run;

import dev.plancheck.checks.run.StopSignal.Reason;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes one queued attempt through its life: claims it, has it executed, and stores how it ended.
/// While the storage does not answer it asks again and again, so that no attempt stays RUNNING for
/// want of a last word.
public final class RunWorker {
  private static final Logger LOG = LoggerFactory.getLogger(RunWorker.class);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

  private final Runs runs;
  private final CheckRunner runner;

  public RunWorker(Runs runs, CheckRunner runner) {
    this.runs = runs;
    this.runner = runner;
  }

  /// Returns when the attempt is final, or was not to be had.
  public void work(long runId, int attempt, StopSignal stop) throws InterruptedException {
    var claim = insist("claim", () -> runs.claim(runId, attempt));
    if (claim.isPresent()) {
      finish(claim.get(), execute(claim.get(), stop));
    }
  }

  private RunReport execute(Runs.Claim claim, StopSignal stop) throws InterruptedException {
    var config = insist("read", () -> runs.config(claim.plan()));
    if (config.isEmpty()) {
      var why = new Reason.Failed("what was to be checked is no longer stored");
      return new RunReport(List.of(), RunCounts.planned(0, 0), why);
    }
    try {
      return runner.run(config.get(), stop, counts -> runs.progress(claim, counts));
    } catch (RuntimeException e) {
      var why = new InternalErrors().tell("running the checks of " + claim.plan(), e);
      return new RunReport(
          List.of(),
          RunCounts.planned(config.get().targets().size(), config.get().chosen().size()),
          new Reason.Failed(why));
    }
  }

  private void finish(Runs.Claim claim, RunReport report) throws InterruptedException {
    var stored =
        switch (report.stopped()) {
          case Reason.Canceled _ -> false;
          case Reason.Failed(var error) -> end(claim, RunStatus.FAILED, report, error);
          case Reason.TimeLimit _ -> end(claim, RunStatus.DONE, report, "");
          case null -> end(claim, RunStatus.DONE, report, "");
        };
    if (!stored) {
      insist("keep", () -> runs.keepPartial(claim, report.counts(), report.results()));
    }
  }

  private boolean end(Runs.Claim claim, RunStatus status, RunReport report, String error)
      throws InterruptedException {
    return insist(
        "finish", () -> runs.finish(claim, status, report.counts(), report.results(), error));
  }

  private static <T> T insist(String doing, Supplier<T> call) throws InterruptedException {
    var pause = FIRST_PAUSE;
    while (true) {
      try {
        return call.get();
      } catch (RuntimeException e) {
        LOG.warn("the storage did not {} a run; asking again in {} ms", doing, pause.toMillis(), e);
        Waiter.pause(pause);
        pause =
            pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0
                ? pause.multipliedBy(2)
                : LONGEST_PAUSE;
      }
    }
  }
}
