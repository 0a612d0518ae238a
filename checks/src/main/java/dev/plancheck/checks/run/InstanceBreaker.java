// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.run;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Knows whether an instance is worth a connection now, by what all runs of this process saw of it.
/// After some failures in a row it opens: nobody tries for a pause, which grows from one second to
/// thirty, and then a single trial decides. Whoever answers is trusted again at once.
///
/// An instance that is busy, because it has too many connections or is just starting, is not dead:
/// it opens only when it has taken no connection for half a minute. Guarded by the object's lock.
final class InstanceBreaker {
  private static final int OPEN_AFTER = 3;
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
  private static final Duration BUSY = Duration.ofSeconds(30);

  /// A trial without a word for so long is forgotten.
  private static final Duration TRIAL = Duration.ofSeconds(15);

  /// How long one that worked before may need to start again.
  private static final Duration RESTART = Duration.ofSeconds(10);

  private static final List<Duration> BACK_OFF =
      List.of(
          Duration.ofMillis(200),
          Duration.ofMillis(500),
          Duration.ofSeconds(1),
          Duration.ofSeconds(2));

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

  /// What to do with the next target.
  sealed interface Advice {
    /// Connect, and tell how it went. On a `trial` all others wait for that.
    record Go(boolean trial) implements Advice {}

    /// Do not, for this reason, before that time.
    record Hold(Instant until, String reason) implements Advice {}
  }

  private final String instance;
  private final InstantSource clock;
  private int failures;
  private int refusals;
  private String cause = "";
  private Instant since = Instant.MIN;
  private Duration pause = Duration.ZERO;
  private @Nullable Instant openUntil;
  private boolean known;

  InstanceBreaker(String instance, InstantSource clock) {
    this.instance = instance;
    this.clock = clock;
  }

  /// `insist` makes a trial of it in any case: what others saw is no reason not to try at all.
  synchronized Advice ask(boolean insist) {
    var now = clock.instant();
    if (openUntil == null) {
      return new Advice.Go(false);
    }
    if (!insist && now.isBefore(openUntil)) {
      return new Advice.Hold(openUntil, reason());
    }
    openUntil = now.plus(TRIAL);
    return new Advice.Go(true);
  }

  /// The instance let somebody in.
  synchronized void answered() {
    known = true;
    reset();
  }

  /// It did not answer. Returns how long to wait before the next try, which is no time when the
  /// breaker is open.
  synchronized Duration failed(String why, boolean trial) {
    if (failures == 0) {
      since = clock.instant();
    }
    failures++;
    refusals = 0;
    cause = why;
    if (trial || (openUntil == null && failures >= OPEN_AFTER)) {
      open();
    }
    return backOff(failures);
  }

  /// It answered that it takes no more connections now. Returns how long to wait before the next
  /// try.
  synchronized Duration busy(String why, boolean trial) {
    var now = clock.instant();
    if (refusals == 0) {
      since = now;
    }
    refusals++;
    failures = 0;
    cause = why;
    if (!now.isBefore(since.plus(BUSY))) {
      if (trial || openUntil == null) {
        open();
      }
    } else {
      openUntil = null;
    }
    return backOff(refusals);
  }

  /// A trial came to nothing for reasons of ours.
  synchronized void undecided() {
    if (openUntil != null) {
      openUntil = clock.instant();
    }
  }

  /// Whether it worked before and has not been away for longer than a restart takes.
  synchronized boolean mayComeBack() {
    return known && clock.instant().isBefore(since.plus(RESTART));
  }

  private void open() {
    var doubled = pause.multipliedBy(2);
    pause =
        pause.isZero()
            ? FIRST_PAUSE
            : doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
    openUntil = clock.instant().plus(pause);
  }

  private void reset() {
    failures = 0;
    refusals = 0;
    cause = "";
    pause = Duration.ZERO;
    openUntil = null;
  }

  private Duration backOff(int inARow) {
    return openUntil == null ? BACK_OFF.get(Math.min(inARow, BACK_OFF.size()) - 1) : Duration.ZERO;
  }

  private String reason() {
    return refusals > 0
        ? "not tried, because instances/%s has taken no connection since %s: %s"
            .formatted(instance, TIME.format(since), cause)
        : "not tried, because instances/%s did not answer %d times in a row since %s: %s"
            .formatted(instance, failures, TIME.format(since), cause);
  }
}
