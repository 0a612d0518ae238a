// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.server.judge;

import dev.plancheck.checks.advise.SyntaxJudge;
import dev.plancheck.embedded.ClusterException;
import dev.plancheck.embedded.Folders;
import dev.plancheck.embedded.JudgeCluster;
import dev.plancheck.targets.postgresql.PostgresqlJudge;
import dev.plancheck.targets.postgresql.declarative.ScratchServer;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// An embedded PostgreSQL that is started when the first script is to be judged, or the first
/// wanted schema to be built. When it cannot be started, answers are "unavailable" until it is
/// tried again a while later. Safe for many threads.
public final class EmbeddedJudge implements SyntaxJudge, ScratchServer, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedJudge.class);
  private static final Duration BEFORE_NEXT_TRY = Duration.ofMinutes(1);

  private record Failed(String why, Instant at) {}

  private final Folders folders;
  private final InstantSource clock;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable OpenJudge started;
  private @Nullable Failed failed;
  private boolean closed;

  public EmbeddedJudge(Folders folders, InstantSource clock) {
    this.folders = folders;
    this.clock = clock;
  }

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
    PostgresqlJudge judge;
    lock.lock();
    try {
      var open = open();
      if (open == null) {
        return new Judgement.Unavailable(whyNot());
      }
      judge = open.judge();
    } finally {
      lock.unlock();
    }
    return judge.judge(sql);
  }

  @Override
  public Access access() throws SQLException {
    lock.lock();
    try {
      var open = open();
      if (open == null) {
        throw new SQLException(whyNot());
      }
      var cluster = open.cluster();
      return new Access(cluster.jdbcUrl(), cluster.builder(), cluster.password());
    } finally {
      lock.unlock();
    }
  }

  private @Nullable OpenJudge open() {
    if (started == null && isTimeToTry()) {
      start();
    }
    return started;
  }

  private String whyNot() {
    return failed == null ? "the server stops" : failed.why;
  }

  private boolean isTimeToTry() {
    return !closed && (failed == null || clock.instant().isAfter(failed.at.plus(BEFORE_NEXT_TRY)));
  }

  private void start() {
    try {
      started = OpenJudge.on(JudgeCluster.open(folders));
      failed = null;
    } catch (ClusterException | SQLException e) {
      failed = new Failed(String.valueOf(e.getMessage()), clock.instant());
      LOG.warn(
          "the judge of syntax cannot be started: what our grammar rejects stays \"could not be"
              + " parsed\"",
          e);
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      if (started != null) {
        started.close();
        started = null;
      }
    } finally {
      lock.unlock();
    }
  }
}
