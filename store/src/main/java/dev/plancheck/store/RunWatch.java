// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.store;

import dev.plancheck.checks.plan.PlanName;
import dev.plancheck.checks.run.PlanCheckRun;
import dev.plancheck.checks.run.Runs.Subscription;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/// Tells who watches a run that it changed, whichever process changed it: at once by LISTEN, and by
/// looking once a second should a notification get lost.
///
/// One thread with one connection of its own listens, from the first subscription on. Each
/// subscription has its own thread, so that a slow listener holds back nobody.
final class RunWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RunWatch.class);
  private static final int LOOK_EVERY_MS = 1000;
  private static final int RETRY_AFTER_MS = 1000;

  private final Connections connections;
  private final RunReader reader;
  private final Set<RunWatcher> watchers = ConcurrentHashMap.newKeySet();
  private @Nullable Thread listening;
  private volatile boolean closed;

  RunWatch(Connections connections, RunReader reader) {
    this.connections = connections;
    this.reader = reader;
  }

  Subscription add(PlanName plan, Consumer<PlanCheckRun> listener) {
    startListening();
    var watcher = new RunWatcher(plan, reader.get(plan).orElse(null), listener);
    watchers.add(watcher);
    return () -> {
      watchers.remove(watcher);
      watcher.close();
    };
  }

  @Override
  public void close() {
    closed = true;
    synchronized (this) {
      if (listening != null) {
        listening.interrupt();
      }
    }
    watchers.forEach(RunWatcher::close);
  }

  private synchronized void startListening() {
    if (listening == null && !closed) {
      listening = Thread.ofVirtual().name("plancheck-listen").start(this::listenUntilClosed);
    }
  }

  private void listenUntilClosed() {
    var lost = false;
    while (!closed) {
      try (var connection = connections.connect()) {
        try (var statement = connection.createStatement()) {
          statement.execute("listen plancheck_plan_check_run");
        }
        lost = false;
        listen(connection.unwrap(PGConnection.class));
      } catch (SQLException | JdbiException e) {
        if (!closed) {
          // One lost connection is no news, least of all while the process ends.
          LOG.atLevel(lost ? Level.WARN : Level.DEBUG)
              .log("Cannot listen for changes of runs, trying again: {}", e.getMessage());
          lost = true;
          pause();
        }
      }
    }
  }

  private void listen(PGConnection connection) throws SQLException {
    while (!closed) {
      tellChanges();
      // Returns early, with all that came in, as soon as something comes in.
      connection.getNotifications(LOOK_EVERY_MS);
    }
  }

  private void tellChanges() {
    var plans = watchers.stream().map(RunWatcher::plan).distinct().toList();
    if (plans.isEmpty()) {
      return;
    }
    for (var run : reader.getAll(plans)) {
      for (var watcher : watchers) {
        watcher.tell(run);
      }
    }
  }

  private static void pause() {
    try {
      Thread.sleep(RETRY_AFTER_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
