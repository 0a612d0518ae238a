// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.canary;

import dev.plancheck.targets.postgresql.wire.ServerConnection;
import java.sql.SQLException;

/// Breaks the law that only the change writes to users' databases.
public final class WritesToTargets {
  void write(ServerConnection connection) throws SQLException {
    connection.run("DROP TABLE book");
  }
}
