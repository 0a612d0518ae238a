// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.rollout;

import dev.plancheck.checks.plan.DatabaseName;
import dev.plancheck.checks.run.StopSignal;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/// Changes nothing, and says what a test wants to hear. Safe for use by several threads.
public final class ScriptedChanger implements TargetChanger {
  public static final ChangeOutcome APPLIED =
      new ChangeOutcome.Applied(
          List.of(new AppliedStatement(1, "UPDATE", 3L, Duration.ofMillis(1))),
          false,
          null,
          Duration.ofMillis(2));
  public static final ChangeOutcome FAILED = new ChangeOutcome.Failed("no such table", 1, null, 0);

  private final Map<DatabaseName, Deque<TargetChanger>> scripts = new ConcurrentHashMap<>();
  private final List<ChangeOrder> orders = Collections.synchronizedList(new ArrayList<>());
  private final AtomicInteger now = new AtomicInteger();
  private final AtomicInteger most = new AtomicInteger();

  /// The next tries of a database end so, one after the other; all behind them are applied.
  public void script(DatabaseName target, ChangeOutcome... outcomes) {
    for (var outcome : outcomes) {
      scripts.computeIfAbsent(target, _ -> new ArrayDeque<>()).add((_, _, _) -> outcome);
    }
  }

  /// The next try of a database goes on until it is stopped.
  public void hang(DatabaseName target) {
    scripts
        .computeIfAbsent(target, _ -> new ArrayDeque<>())
        .add((_, _, stop) -> {
          var stopped = new CountDownLatch(1);
          try (var _ = stop.onStop(stopped::countDown)) {
            stopped.await();
          }
          return new ChangeOutcome.Canceled(0);
        });
  }

  @Override
  public ChangeOutcome change(ChangeOrder order, ChangeJournal journal, StopSignal stop)
      throws InterruptedException {
    orders.add(order);
    most.accumulateAndGet(now.incrementAndGet(), Math::max);
    try {
      var script = scripts.getOrDefault(order.target(), new ArrayDeque<>()).poll();
      if (script != null) {
        return script.change(order, journal, stop);
      }
      return journal.began(ChangeJournal.Mode.TRANSACTION) && journal.committing()
          ? APPLIED
          : new ChangeOutcome.Canceled(0);
    } finally {
      now.decrementAndGet();
    }
  }

  public List<ChangeOrder> orders() {
    synchronized (orders) {
      return List.copyOf(orders);
    }
  }

  public List<DatabaseName> changed() {
    return orders().stream().map(ChangeOrder::target).toList();
  }

  /// The most that were changed at once.
  int most() {
    return most.get();
  }
}
