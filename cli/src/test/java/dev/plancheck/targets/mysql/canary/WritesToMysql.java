// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.mysql.canary;

import dev.plancheck.targets.mysql.clone.Opening;
import java.sql.SQLException;

/// Breaks the laws that only the trial on a copy writes to MySQL and MariaDB.
public final class WritesToMysql {
  void write(Opening opening) throws SQLException {
    try (var connection = opening.open();
        var statement = connection.createStatement()) {
      statement.executeUpdate("DROP TABLE book");
    }
  }
}
