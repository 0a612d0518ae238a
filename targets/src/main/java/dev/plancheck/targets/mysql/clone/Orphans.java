// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.mysql.clone;

import dev.plancheck.targets.mysql.ghost.Sql;
import java.sql.SQLException;
import java.time.Duration;

/// Copies that earlier trials could not remove: their process or their server ended.
final class Orphans {
  /// No trial takes so long.
  private static final Duration AGE = Duration.ofHours(1);

  /// The next trial removes more.
  private static final int MOST = 5;

  private static final int MOST_READ = 1_000;

  private Orphans() {}

  /// Removes a few of those in the scratch database whose name is exactly one of ours, and tells an
  /// hour ago or more. One that cannot be removed is left. `now` is the server's clock, in seconds.
  static void remove(Writing writing, String schema, long now) throws SQLException {
    var rows =
        writing.ask(
            """
            SELECT TABLE_NAME AS name FROM information_schema.TABLES \
            WHERE TABLE_SCHEMA = %s AND TABLE_TYPE = 'BASE TABLE' AND LEFT(TABLE_NAME, %d) = %s \
            ORDER BY TABLE_NAME LIMIT %d\
            """
                .formatted(
                    Sql.literal(schema),
                    Copy.PREFIX.length(),
                    Sql.literal(Copy.PREFIX),
                    MOST_READ));
    var old =
        rows.stream()
            .map(row -> String.valueOf(row.get("name")))
            .filter(name -> Copy.isOurs(name, now - AGE.toSeconds()))
            .limit(MOST)
            .toList();
    for (var name : old) {
      try {
        writing.run(new Copy(schema, name).drop());
      } catch (SQLException e) {
        if (Refusals.isEnd(e)) {
          throw e;
        }
      }
    }
  }
}
