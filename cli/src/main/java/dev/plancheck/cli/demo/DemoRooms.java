// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.cli.demo;

import dev.plancheck.checks.CheckPorts;
import dev.plancheck.checks.advise.ScriptReview;
import dev.plancheck.checks.plan.Instance;
import dev.plancheck.checks.run.RunService;
import dev.plancheck.checks.target.TargetConnector;
import dev.plancheck.cli.Version;
import dev.plancheck.embedded.Folders;
import dev.plancheck.server.PlancheckServer;
import dev.plancheck.server.ServerConfig;
import dev.plancheck.server.http.HttpConfig;
import dev.plancheck.store.StorageConfig;
import dev.plancheck.targets.Targets;
import dev.plancheck.targets.postgresql.PostgresqlJudge;
import java.io.IOException;
import java.net.URI;
import java.sql.SQLException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A whole server over the demo's servers, and beside it what the report needs to look at tenants
/// with its own eyes.
record DemoRooms(
    PlancheckServer server,
    @Nullable PostgresqlJudge judge,
    TargetConnector connector,
    ScriptReview review)
    implements AutoCloseable {
  /// The instance's password is a reference to this; the value goes from hand to hand in this
  /// process.
  static final String PASSWORD = "PLANCHECK_DEMO_PASSWORD";

  static DemoRooms open(DemoServers servers, Folders folders, int port)
      throws IOException, SQLException {
    var server = PlancheckServer.open(config(servers, folders, port));
    var password = servers.tenants().endpoint().password();
    var connector = new Targets(server.ports().instances()::get, (Instance _) -> password);
    var judges = servers.judge();
    var judge =
        judges == null
            ? null
            : PostgresqlJudge.onOurServer(judges.jdbcUrl(), judges.user(), judges.password());
    var review = new ScriptReview(judge);
    return new DemoRooms(server, judge, connector, review);
  }

  private static ServerConfig config(DemoServers servers, Folders folders, int port) {
    var metadata = servers.metadata();
    return ServerConfig.of(
            Version.current(), folders, Map.of(PASSWORD, servers.tenants().endpoint().password()))
        .withHttp(HttpConfig.onPort(port))
        .withDataFolder(metadata.folder().resolve("plancheck"))
        .withMetadata(
            new ServerConfig.Metadata.At(
                StorageConfig.of(
                    metadata.jdbcUrl("postgres"), metadata.user(), metadata.password())));
  }

  CheckPorts ports() {
    return server.ports();
  }

  RunService runs() {
    return server.checks().runs();
  }

  URI url() {
    return server.url();
  }

  @Override
  public void close() {
    if (judge != null) {
      judge.close();
    }
    server.close();
  }
}
