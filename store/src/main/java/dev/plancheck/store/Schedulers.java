// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.store;

import com.github.kagkarlsson.scheduler.Clock;
import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerBuilder;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.jdbc.PostgreSqlJdbcCustomization;
import java.time.Duration;
import java.util.concurrent.Executors;

/// How the schedulers of a process are made. Each sees one view of the table of db-scheduler, so
/// that one sort of work never keeps another waiting. `owner` names the process.
record Schedulers(String owner, Clock clock, QueueSettings settings) {
  /// db-scheduler takes a process for dead after so many; it allows no fewer.
  private static final int MISSED_HEARTBEATS = 4;

  private static final Duration LAST_WORDS = Duration.ofSeconds(5);

  /// An unknown task is another version's, whose entries are not ours to delete.
  private static final Duration NEVER = Duration.ofDays(365_000);

  /// Works on the view `plancheck.scheduled_{kind}s`, on at most so many entries at once.
  Scheduler of(SchedulerBuilder builder, String kind, int atOnce) {
    return builder
        .tableName("plancheck.scheduled_%ss".formatted(kind))
        .schedulerName(new SchedulerName.Fixed(owner))
        .jdbcCustomization(new PostgreSqlJdbcCustomization(false, false))
        .clock(clock)
        .threads(atOnce)
        .executorService(
            Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name(kind + " ", 0).factory()))
        .dueExecutor(
            Executors.newSingleThreadExecutor(
                Thread.ofVirtual().name("queue of " + kind + "s").factory()))
        .housekeeperExecutor(
            Executors.newScheduledThreadPool(
                1, Thread.ofVirtual().name("heartbeat of " + kind + "s").factory()))
        .pollUsingLockAndFetch(0.5, 1.0)
        .pollingInterval(settings.poll())
        .heartbeatInterval(settings.heartbeat())
        .missedHeartbeatsLimit(MISSED_HEARTBEATS)
        .deleteUnresolvedAfter(NEVER)
        .shutdownMaxWait(LAST_WORDS)
        .build();
  }
}
