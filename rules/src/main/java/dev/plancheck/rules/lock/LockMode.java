// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.rules.lock;

/// The table locks of PostgreSQL from weak to strong (manual, "Table-Level Locks").
public enum LockMode {
  ACCESS_SHARE,
  ROW_SHARE,
  ROW_EXCLUSIVE,
  SHARE_UPDATE_EXCLUSIVE,
  SHARE,
  SHARE_ROW_EXCLUSIVE,
  EXCLUSIVE,
  ACCESS_EXCLUSIVE;

  /// Whether INSERT, UPDATE and DELETE of others wait.
  public boolean blocksWrites() {
    return compareTo(SHARE) >= 0;
  }

  /// Whether a plain SELECT of others waits.
  public boolean blocksReads() {
    return this == ACCESS_EXCLUSIVE;
  }

  /// `ACCESS EXCLUSIVE`, as LOCK TABLE writes it.
  public String sql() {
    return name().replace('_', ' ');
  }
}
