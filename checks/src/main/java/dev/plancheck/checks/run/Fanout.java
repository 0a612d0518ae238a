// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.run;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/// Tasks on virtual threads that end before the block that began them, as a structured task scope
/// would have it. A task may fork others.
///
/// The block forks first and awaits then; after that only tasks fork. `running` counts tasks, and
/// the block itself while it forks, and so is never 0 while somebody may still fork; `resting`
/// counts those tasks that only wait for better times. The first failure of a task is kept for
/// [#throwFailure].
final class Fanout implements AutoCloseable {
  private final ExecutorService threads;
  private final AtomicInteger running = new AtomicInteger(1);
  private final AtomicBoolean forking = new AtomicBoolean(true);
  private final AtomicInteger resting = new AtomicInteger();
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private final CompletableFuture<Throwable> failure = new CompletableFuture<>();

  /// What a forked thread does.
  interface Task {
    void run() throws InterruptedException;
  }

  Fanout(String name) {
    this.threads =
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name(name + " ", 0).factory());
  }

  void fork(Task task) {
    running.incrementAndGet();
    threads.execute(() -> run(task));
  }

  /// Whether all tasks ended within the time.
  boolean await(Duration atMost) throws InterruptedException {
    if (forking.compareAndSet(true, false)) {
      endOne();
    }
    return Waiter.await(ended, atMost);
  }

  /// Lets the calling task rest; false when the signal came before the time was over.
  boolean rest(Duration duration, StopSignal stop) throws InterruptedException {
    resting.incrementAndGet();
    try {
      return Waiter.pause(duration, stop);
    } finally {
      resting.decrementAndGet();
    }
  }

  /// Whether a task beside the calling one is at work and does not rest.
  boolean othersWork() {
    return running.get() - resting.get() > 1;
  }

  /// Lets the first failure of any task fly.
  void throwFailure() {
    switch (failure.getNow(null)) {
      case null -> {}
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      case Throwable e -> throw new IllegalStateException("a task was interrupted", e);
    }
  }

  /// Waits for all tasks; when interrupted, interrupts them and waits on.
  @Override
  public void close() {
    threads.close();
  }

  private void run(Task task) {
    try {
      task.run();
    } catch (InterruptedException e) {
      failure.complete(e);
      Thread.currentThread().interrupt();
    } catch (RuntimeException | Error e) {
      failure.complete(e);
    } finally {
      endOne();
    }
  }

  private void endOne() {
    if (running.decrementAndGet() == 0) {
      ended.complete(null);
    }
  }
}
