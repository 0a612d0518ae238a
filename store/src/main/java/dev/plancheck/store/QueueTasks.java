// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.store;

import com.github.kagkarlsson.scheduler.Clock;
import com.github.kagkarlsson.scheduler.exceptions.ExecutionException;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import dev.plancheck.checks.run.RecurringWork;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What db-scheduler executes for us. Nothing is ever given up: what fails is tried again after a
/// pause that grows, and what a dead process had is due at once.
final class QueueTasks {
  private static final Logger LOG = LoggerFactory.getLogger(QueueTasks.class);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  /// Beyond it the pause has long reached its longest.
  private static final int MOST_DOUBLINGS = 10;

  /// What an entry stands for.
  interface Work {
    /// Whether it is over; else it is due again, for whoever takes it.
    boolean isOver(String id) throws InterruptedException;
  }

  private final Clock clock;

  QueueTasks(Clock clock) {
    this.clock = clock;
  }

  /// Entries that are worked on until they are over.
  Task<Void> once(String name, Work work) {
    return Tasks.custom(name, Void.class)
        .onFailure(this::retry)
        .onDeadExecution(this::revive)
        .execute((entry, _) -> complete(entry.getId(), work));
  }

  RecurringTask<Void> again(RecurringWork work) {
    return Tasks.recurring(work.name(), FixedDelay.of(work.every()))
        .onDeadExecution(this::revive)
        .execute((_, _) -> {
          try {
            work.work().run();
          } catch (InterruptedException e) {
            // The process stops; somebody does it at its next turn.
            Thread.currentThread().interrupt();
          }
        });
  }

  private CompletionHandler<Void> complete(String id, Work work) {
    try {
      return work.isOver(id) ? QueueTasks::remove : this::makeDue;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return this::makeDue;
    }
  }

  /// An entry that is not there any more was removed by hand, or belongs to a successor: both are
  /// fine, as it is over.
  private static void remove(ExecutionComplete complete, ExecutionOperations<Void> operations) {
    try {
      operations.stop();
    } catch (ExecutionException e) {
      LOG.info("{} has another owner by now", complete.getExecution().taskInstance, e);
    }
  }

  private void makeDue(ExecutionComplete complete, ExecutionOperations<Void> operations) {
    // Its thread may be interrupted, which would keep it from reaching the database.
    var interrupted = Thread.interrupted();
    try {
      operations.reschedule(complete, clock.now());
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void revive(ExecutionComplete complete, ExecutionOperations<Void> operations) {
    LOG.info(
        "{} had {}, which gives no sign of life",
        complete.getExecution().pickedBy,
        complete.getExecution().taskInstance);
    operations.reschedule(complete, clock.now());
  }

  private void retry(ExecutionComplete complete, ExecutionOperations<Void> operations) {
    var failures = Math.min(MOST_DOUBLINGS, complete.getExecution().consecutiveFailures);
    var pause = FIRST_PAUSE.multipliedBy(1L << failures);
    operations.reschedule(
        complete, clock.now().plus(pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE));
  }
}
