// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.store;

import dev.plancheck.checks.contract.ConnectionLeasesContract;
import java.sql.SQLException;
import java.time.Duration;

final class PostgresConnectionLeasesTest extends ConnectionLeasesContract {
  private final MetadataCluster cluster = MetadataCluster.newest();

  @Override
  protected Owners open() throws SQLException {
    cluster.emptyPorts();
    var jdbi = Storage.jdbi(new Connections(cluster.shared()).source());
    return new Owners(new PostgresLeases(jdbi, "one"), new PostgresLeases(jdbi, "two"));
  }

  /// The database's clock cannot be set: what is stored moves into the past instead.
  @Override
  protected void pass(Duration time) throws SQLException {
    var seconds = time.toSeconds();
    MetadataCluster.execute(
        cluster.shared(),
        """
        update plancheck.connection_lease set until = until - make_interval(secs => %d);
        update plancheck.connection_wish set until = until - make_interval(secs => %d);
        """
            .formatted(seconds, seconds));
  }
}
