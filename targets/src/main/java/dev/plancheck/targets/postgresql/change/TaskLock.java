// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.postgresql.change;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;

/// The advisory lock of a task: a session holds it as long as it lives, whatever became of whoever
/// opened it. Its two numbers are the beginning of the SHA-256 of the task's name.
record TaskLock(int high, int low) {
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

  /// False if another session has it; true also when this one had it before.
  boolean take(Session session) throws SQLException {
    return "t".equals(session.value("SELECT pg_catalog.pg_try_advisory_lock(?, ?)", high, low));
  }
}
