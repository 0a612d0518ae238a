// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.store;

import java.sql.SQLException;
import org.jdbi.v3.core.JdbiException;

/// What a foreign key refused: something named does not exist, or is used.
final class ForeignKeys {
  private static final String FOREIGN_KEY_VIOLATION = "23503";

  /// As PostgreSQL 18 reports a key that is used and was to be deleted.
  private static final String RESTRICT_VIOLATION = "23001";

  private ForeignKeys() {}

  static boolean isViolated(JdbiException refusal) {
    return refusal.getCause() instanceof SQLException cause
        && (FOREIGN_KEY_VIOLATION.equals(cause.getSQLState())
            || RESTRICT_VIOLATION.equals(cause.getSQLState()));
  }
}
