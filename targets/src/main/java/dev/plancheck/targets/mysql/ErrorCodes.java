// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.mysql;

import java.sql.SQLException;
import java.util.Set;

/// The servers' error numbers that mean something to us (MySQL manual, "Server Error Message
/// Reference"; MariaDB Knowledge Base, "MariaDB Error Codes").
final class ErrorCodes {
  static final int TOO_MANY_CONNECTIONS = 1040;
  static final int DATABASE_DENIED = 1044;
  static final int ACCESS_DENIED = 1045;
  static final int UNKNOWN_DATABASE = 1049;
  static final int SERVER_SHUTDOWN = 1053;
  static final int HOST_BLOCKED = 1129;
  static final int HOST_NOT_ALLOWED = 1130;
  static final int TABLE_DENIED = 1142;
  static final int COLUMN_DENIED = 1143;
  static final int NO_SUCH_TABLE = 1146;
  static final int TOO_MANY_OF_USER = 1203;
  static final int LOCK_WAIT_TIMEOUT = 1205;
  static final int USER_LIMIT_REACHED = 1226;
  static final int RIGHT_DENIED = 1227;
  static final int INTERRUPTED = 1317;
  static final int ROUTINE_DENIED = 1370;
  static final int VIEW_INVALID = 1356;
  static final int PASSWORD_EXPIRED = 1862;
  static final int MUST_CHANGE_PASSWORD = 1820;
  static final int CONNECTION_KILLED = 1927;
  static final int STATEMENT_TIMEOUT_MARIADB = 1969;
  static final int STATEMENT_TIMEOUT_MYSQL = 3024;
  static final int ACCOUNT_LOCKED = 3118;
  static final int TLS_REQUIRED = 3159;
  static final int ACCOUNT_LOCKED_MARIADB = 4151;

  private static final Set<Integer> CONNECTION =
      Set.of(SERVER_SHUTDOWN, INTERRUPTED, CONNECTION_KILLED, 2006, 2013, 4031);

  private ErrorCodes() {}

  /// Whether the connection itself is gone or was interrupted.
  static boolean isOfConnection(SQLException failure) {
    var state = failure.getSQLState();
    return state == null || state.startsWith("08") || CONNECTION.contains(failure.getErrorCode());
  }
}
