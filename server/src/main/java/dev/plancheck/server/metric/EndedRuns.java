// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.server.metric;

import dev.plancheck.checks.run.PlanCheckRun;
import dev.plancheck.checks.run.RunStatus;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;

/// Counts the runs whose end this process stored, by how they ended, and how long they took.
public final class EndedRuns implements Consumer<PlanCheckRun> {
  private final MeterRegistry numbers;

  public EndedRuns(MeterRegistry numbers) {
    this.numbers = numbers;
    for (var status : RunStatus.values()) {
      if (status.isFinal()) {
        ended(status, 0);
      }
    }
  }

  @Override
  public void accept(PlanCheckRun run) {
    ended(run.status(), 1);
    var started = run.times().startedAt();
    var finished = run.times().finishedAt();
    if (started != null && finished != null) {
      numbers
          .timer("plancheck.run.duration", "status", word(run.status()))
          .record(Duration.between(started, finished));
    }
  }

  private void ended(RunStatus status, int more) {
    numbers.counter("plancheck.runs", "status", word(status)).increment(more);
  }

  private static String word(RunStatus status) {
    return status.name().toLowerCase(Locale.ROOT);
  }
}
