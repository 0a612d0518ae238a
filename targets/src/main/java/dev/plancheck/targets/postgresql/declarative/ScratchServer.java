// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.postgresql.declarative;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/// Where schemas are built to be compared and tried: a server of ours on which a role without
/// rights on anything else may create databases. Safe for use by several threads.
public interface ScratchServer {
  /// Where to connect; holds a secret and is never printed. `url` leads to a database that is there
  /// always.
  record Access(String url, String user, @Nullable String password) {
    @Override
    public String toString() {
      return user + " at " + url.replaceFirst("\\?.*", "");
    }
  }

  /// Starts it where it does not run yet. Throws [SQLException] saying why there is none.
  Access access() throws SQLException;
}
