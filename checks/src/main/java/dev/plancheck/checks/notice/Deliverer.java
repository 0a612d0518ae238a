// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.notice;

import dev.plancheck.checks.notice.Outcome.Accepted;
import dev.plancheck.checks.notice.Outcome.Refused;
import dev.plancheck.checks.run.RecurringWork;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sends what is due, again and again, to be run by one process of all at a time. A delivery is
/// counted after it was sent: if the process is killed in between it is sent again, so that a
/// receiver gets everything at least once, under the same id.
public final class Deliverer {
  private static final Logger LOG = LoggerFactory.getLogger(Deliverer.class);
  private static final Duration EVERY = Duration.ofSeconds(2);
  private static final int AT_ONCE = 64;

  /// So that a receiver that does not answer holds up few others.
  private static final int AT_ONCE_TO_EACH = 4;

  private static final int MOST_ROUNDS = 50;
  private static final Duration KEPT = Duration.ofDays(30);
  private static final int MOST_KEPT = 1_000;

  /// Between two attempts; about a day in all, then it is given up.
  private static final List<Duration> PAUSES =
      List.of(
          Duration.ofSeconds(10),
          Duration.ofSeconds(30),
          Duration.ofMinutes(2),
          Duration.ofMinutes(10),
          Duration.ofMinutes(30),
          Duration.ofHours(1),
          Duration.ofHours(2),
          Duration.ofHours(4),
          Duration.ofHours(8),
          Duration.ofHours(8));

  private final Deliveries deliveries;
  private final WebhookSender sender;

  public Deliverer(Deliveries deliveries, WebhookSender sender) {
    this.deliveries = deliveries;
    this.sender = sender;
  }

  public List<RecurringWork> work() {
    return List.of(
        new RecurringWork("webhook-deliveries", EVERY, this::deliver),
        new RecurringWork(
            "webhook-deliveries-forget",
            Duration.ofHours(1),
            () -> deliveries.forget(KEPT, MOST_KEPT)));
  }

  /// Until nothing is due, or for some rounds.
  void deliver() throws InterruptedException {
    for (var round = 0; round < MOST_ROUNDS; round++) {
      var due = deliveries.due(AT_ONCE, AT_ONCE_TO_EACH);
      if (due.isEmpty()) {
        return;
      }
      sendAll(due);
    }
  }

  /// An interrupt ends the threads, and what they did not count is sent again.
  private void sendAll(List<Outgoing> due) throws InterruptedException {
    var factory = Thread.ofVirtual().name("webhook ", 0).factory();
    try (var threads = Executors.newThreadPerTaskExecutor(factory)) {
      threads.invokeAll(due.stream().map(this::sending).toList());
    }
  }

  private Callable<Boolean> sending(Outgoing outgoing) {
    return () -> {
      var outcome = send(outgoing);
      return deliveries.record(outgoing, outcome, pause(outgoing, outcome));
    };
  }

  private Outcome send(Outgoing outgoing) throws InterruptedException {
    try {
      return sender.send(outgoing);
    } catch (RuntimeException e) {
      LOG.error("delivery {} to {} failed", outgoing.id(), outgoing.to().name(), e);
      return new Refused(0, "an internal error of this server, which its log tells", false);
    }
  }

  private static @Nullable Duration pause(Outgoing outgoing, Outcome outcome) {
    return switch (outcome) {
      case Accepted _ -> null;
      case Refused(_, _, var forGood) ->
          forGood || outgoing.attempts() >= PAUSES.size() ? null : PAUSES.get(outgoing.attempts());
    };
  }
}
