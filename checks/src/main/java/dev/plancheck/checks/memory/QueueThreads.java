// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.memory;

import dev.plancheck.checks.run.RecurringWork;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The virtual threads of a queue, one for each piece of work.
final class QueueThreads implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(QueueThreads.class);

  /// Longer than anything takes to stop and to store what it found.
  private static final Duration LAST_WORDS = Duration.ofSeconds(5);

  private final ExecutorService threads;
  private volatile boolean closed;

  /// Threads are called `name` and a number.
  QueueThreads(String name) {
    this.threads =
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name(name + " ", 0).factory());
  }

  void execute(Runnable work) {
    threads.execute(work);
  }

  /// Does it again and again until the end; what fails is logged.
  void repeat(RecurringWork recurring) {
    threads.execute(() -> {
      try {
        while (!closed) {
          Thread.sleep(recurring.every());
          try {
            recurring.work().run();
          } catch (RuntimeException e) {
            LOG.warn("{} failed and is done again in {}", recurring.name(), recurring.every(), e);
          }
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    });
  }

  /// Waits some seconds for what is at work, and interrupts what is left.
  @Override
  public void close() {
    closed = true;
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
}
