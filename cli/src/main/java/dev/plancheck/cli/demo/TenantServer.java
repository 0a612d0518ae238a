// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.cli.demo;

import dev.plancheck.embedded.Cluster;
import dev.plancheck.embedded.mysql.MysqlServer;
import dev.plancheck.engine.Engine;
import dev.plancheck.engine.EngineVersion;
import java.sql.SQLException;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.regex.Pattern;

/// The private server on which the demo's tenants live, and what differs between engines.
sealed interface TenantServer extends AutoCloseable {
  EngineVersion version();

  Endpoint endpoint();

  /// What is done to all of them.
  String change();

  /// What is copied, and one copy that is no tenant.
  void createTemplate() throws SQLException;

  /// Creates `count` tenants of which about 4 % drift, at least one in each way while there are
  /// enough; returns their names in order. `created` is told how many exist.
  List<String> createTenants(int count, IntConsumer created) throws SQLException;

  @Override
  void close();

  default Engine engine() {
    return version().engine();
  }

  record Endpoint(String host, int port, String user, String password) {}

  record OnPostgresql(Cluster cluster) implements TenantServer {
    @Override
    public EngineVersion version() {
      return EngineVersion.POSTGRESQL_LATEST;
    }

    @Override
    public Endpoint endpoint() {
      return new Endpoint(cluster.host(), cluster.port(), cluster.user(), cluster.password());
    }

    @Override
    public String change() {
      return DemoTenants.resource("change.sql");
    }

    @Override
    public void createTemplate() throws SQLException {
      DemoTenants.createTemplate(cluster);
    }

    @Override
    public List<String> createTenants(int count, IntConsumer created) throws SQLException {
      return DemoTenants.copyTemplate(cluster, count, created);
    }

    @Override
    public void close() {
      cluster.close();
    }
  }

  record OnMariadb(MysqlServer server) implements TenantServer {
    private static final Pattern SERIES = Pattern.compile("(\\d+)\\.(\\d+)\\..*");

    @Override
    public EngineVersion version() {
      var series = SERIES.matcher(server.binaries().version());
      if (!series.matches()) {
        throw new IllegalStateException("version: " + server.binaries().version());
      }
      return new EngineVersion(
          Engine.MARIADB, Integer.parseInt(series.group(1)), Integer.parseInt(series.group(2)));
    }

    @Override
    public Endpoint endpoint() {
      return new Endpoint(server.host(), server.port(), server.user(), server.password());
    }

    @Override
    public String change() {
      return DemoTenants.resource("change-mariadb.sql");
    }

    @Override
    public void createTemplate() throws SQLException {
      MariadbTenants.create(server, List.of(DemoTenants.REHEARSAL), _ -> {});
    }

    @Override
    public List<String> createTenants(int count, IntConsumer created) throws SQLException {
      return MariadbTenants.create(server, count, created);
    }

    @Override
    public void close() {
      server.close();
    }
  }
}
