// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.run;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;

/// How long one target's check may still wait: until its own time is over, or its run stops.
public final class Patience {
  private final InstantSource clock;
  private final Instant end;
  private final Duration limit;
  private final StopSignal stop;

  Patience(InstantSource clock, Duration limit, StopSignal stop) {
    this.clock = clock;
    this.end = clock.instant().plus(limit);
    this.limit = limit;
    this.stop = stop;
  }

  /// The value that another thread computes; whatever it failed with flies, and a value that comes
  /// too late is a check not performed.
  public <T> T await(CompletableFuture<T> value)
      throws NotPerformedException, InterruptedException {
    if (!lasts(value)) {
      throw new NotPerformedException(cause());
    }
    return switch (value.state()) {
      case SUCCESS -> value.resultNow();
      case FAILED -> throw rethrown(value.exceptionNow());
      case RUNNING, CANCELLED -> throw new IllegalStateException("a value without end");
    };
  }

  /// Whether the event came in time.
  boolean lasts(CompletableFuture<?> event) throws InterruptedException {
    var wake = new CompletableFuture<Void>();
    var _ = event.whenComplete((_, _) -> wake.complete(null));
    try (var _ = stop.onStop(() -> wake.complete(null))) {
      return Waiter.await(wake, Duration.between(clock.instant(), end)) && event.isDone();
    }
  }

  /// Whether it ended because the run stops.
  boolean isStopped() {
    return stop.isStopped();
  }

  /// Why it ended, for people.
  String cause() {
    return stop.reason()
        .map(Patience::words)
        .orElseGet(() -> "the time limit of %s for one database was over".formatted(text(limit)));
  }

  static String words(StopSignal.Reason reason) {
    return switch (reason) {
      case StopSignal.Reason.Canceled _ -> "the run was canceled";
      case StopSignal.Reason.Leaving _ -> "the program stops";
      case StopSignal.Reason.TimeLimit(var limit) ->
          "the time limit of %s for the run was over".formatted(text(limit));
      case StopSignal.Reason.Failed(var error) -> error;
    };
  }

  /// `1 h 30 min`, `2 min`, `10 s`, `250 ms`.
  static String text(Duration duration) {
    var text = new StringBuilder();
    append(text, duration.toHours(), "h");
    append(text, duration.toMinutesPart(), "min");
    append(text, duration.toSecondsPart(), "s");
    append(text, duration.toMillisPart(), "ms");
    return text.isEmpty() ? "0 s" : text.toString();
  }

  private static void append(StringBuilder text, long number, String unit) {
    if (number > 0) {
      text.append(text.isEmpty() ? "" : " ").append(number).append(' ').append(unit);
    }
  }

  private static RuntimeException rethrown(Throwable failure) {
    if (failure instanceof Error error) {
      throw error;
    }
    return failure instanceof RuntimeException e ? e : new IllegalStateException(failure);
  }
}
