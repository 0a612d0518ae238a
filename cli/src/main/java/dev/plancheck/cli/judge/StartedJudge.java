// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.cli.judge;

import dev.plancheck.checks.advise.SyntaxJudge;
import dev.plancheck.cli.terminal.Progress;
import dev.plancheck.embedded.ClusterException;
import dev.plancheck.embedded.Folders;
import dev.plancheck.embedded.JudgeCluster;
import dev.plancheck.server.judge.OpenJudge;
import dev.plancheck.targets.postgresql.PostgresqlJudge;
import java.sql.SQLException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The embedded judge, started at the latest when it is first asked. When it cannot start, that is
/// said once, and every question stays unanswered. Safe for use by several threads.
public final class StartedJudge implements SyntaxJudge, AutoCloseable {
  private final Supplier<JudgeCluster> cluster;
  private final Progress progress;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable OpenJudge started;
  private @Nullable String unavailable;

  /// `progress` is told when it cannot start.
  public StartedJudge(Progress progress) {
    this(() -> JudgeCluster.open(Folders.ofUser()), progress);
  }

  StartedJudge(Supplier<JudgeCluster> cluster, Progress progress) {
    this.cluster = cluster;
    this.progress = progress;
  }

  /// Starts it beside what the caller does next: reading and parsing take about as long.
  public void begin() {
    Thread.ofVirtual().name("judge").start(this::start);
  }

  /// Only whoever got an answer asks for its name.
  @Override
  public String name() {
    lock.lock();
    try {
      return started == null ? "PostgreSQL" : started.judge().name();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Judgement judge(String sql) {
    var judge = start();
    return judge == null
        ? new Judgement.Unavailable(String.valueOf(unavailable))
        : judge.judge(sql);
  }

  @Override
  public void close() {
    lock.lock();
    try {
      unavailable = "the judge is closed";
      if (started != null) {
        started.close();
        started = null;
      }
    } finally {
      lock.unlock();
    }
  }

  private @Nullable PostgresqlJudge start() {
    lock.lock();
    try {
      if (started == null && unavailable == null) {
        progress.show("starting PostgreSQL to judge syntax ...");
        started = OpenJudge.on(cluster.get());
      }
      return started == null ? null : started.judge();
    } catch (ClusterException | SQLException e) {
      unavailable = String.valueOf(e.getMessage());
      progress.say(
          "plancheck: the judge of syntax could not be started, so syntax errors are not confirmed,"
              + " and some are not found: "
              + unavailable);
      return null;
    } finally {
      lock.unlock();
    }
  }
}
