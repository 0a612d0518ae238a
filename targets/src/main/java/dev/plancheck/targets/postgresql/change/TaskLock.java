// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.postgresql.change;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.time.Duration;

/// The advisory lock of a task: a session holds it as long as it lives, whatever became of whoever
/// opened it. Its two numbers are the beginning of the SHA-256 of the task's name.
record TaskLock(int high, int low) {
  private static final int TRIES = 10;
  private static final Duration PAUSE = Duration.ofMillis(50);

  static TaskLock of(String task) {
    var hash = ByteBuffer.wrap(sha256("plancheck task " + task));
    return new TaskLock(hash.getInt(), hash.getInt());
  }

  static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /// False if another session has it; true also when this one had it before. A session that was
  /// closed a moment ago may still be on its way out: that is waited for.
  boolean take(Session session) throws SQLException, InterruptedException {
    for (var tries = 1; tries < TRIES; tries++) {
      if (tryOnce(session)) {
        return true;
      }
      Thread.sleep(PAUSE);
    }
    return tryOnce(session);
  }

  private boolean tryOnce(Session session) throws SQLException {
    return "t".equals(session.value("SELECT pg_catalog.pg_try_advisory_lock(?, ?)", high, low));
  }
}
