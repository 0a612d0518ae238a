// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.run;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/// Tasks on virtual threads that end before the block that began them, as a structured task scope
/// would have it. A task may fork others.
///
/// `running` counts tasks and is never 0 while one of them may still fork, `resting` those of them
/// that only wait for better times; the first failure of a task is kept for [#throwFailure].
final class Fanout implements AutoCloseable {
  private final ExecutorService threads;
  private final AtomicInteger running = new AtomicInteger();
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

  /// Whether all tasks ended within the time; there must have been at least one.
  boolean await(Duration atMost) throws InterruptedException {
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
      if (running.decrementAndGet() == 0) {
        ended.complete(null);
      }
    }
  }
}
