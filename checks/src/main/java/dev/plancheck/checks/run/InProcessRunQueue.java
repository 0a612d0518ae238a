// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.run;

import dev.plancheck.checks.run.StopSignal.Reason;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Works on runs in this process, each on a virtual thread, a few at once and the others in order.
/// It remembers nothing over a restart: [RunService#recover] brings back what was left.
public final class InProcessRunQueue implements RunQueue {
  private static final Logger LOG = LoggerFactory.getLogger(InProcessRunQueue.class);

  /// Longer than any run takes to stop and to store what it found.
  private static final Duration LAST_WORDS = Duration.ofSeconds(5);

  private record Attempt(long runId, int attempt) {
    static Attempt of(PlanCheckRun run) {
      return new Attempt(run.id(), run.attempt());
    }
  }

  private final RunWorker worker;
  private final Semaphore turns;
  private final Map<Attempt, StopSignal> signals = new ConcurrentHashMap<>();
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("run ", 0).factory());
  private volatile boolean closed;

  /// `atOnce` is the most runs that are executed at the same time.
  public InProcessRunQueue(RunWorker worker, int atOnce) {
    this.worker = worker;
    this.turns = new Semaphore(atOnce, true);
  }

  @Override
  public void queued(PlanCheckRun run) {
    var attempt = Attempt.of(run);
    if (!closed && signals.putIfAbsent(attempt, new StopSignal()) == null) {
      threads.execute(() -> work(attempt));
    }
  }

  @Override
  public void canceled(PlanCheckRun run) {
    var signal = signals.get(Attempt.of(run));
    if (signal != null) {
      signal.stop(new Reason.Canceled());
    }
  }

  @Override
  public void close() {
    closed = true;
    var why = new Reason.Failed("the server was stopped during the checks; run them again");
    signals.values().forEach(signal -> signal.stop(why));
    threads.shutdown();
    try {
      if (!threads.awaitTermination(LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS)) {
        threads.shutdownNow();
      }
    } catch (InterruptedException e) {
      threads.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }

  /// What had no turn yet when the queue closes stays QUEUED.
  private void work(Attempt attempt) {
    try {
      turns.acquire();
      try {
        var signal = signals.get(attempt);
        if (signal != null && !closed) {
          worker.work(attempt.runId(), attempt.attempt(), signal);
        }
      } finally {
        turns.release();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      LOG.error("run {} was given up in attempt {}", attempt.runId(), attempt.attempt(), e);
    } finally {
      signals.remove(attempt);
    }
  }
}
