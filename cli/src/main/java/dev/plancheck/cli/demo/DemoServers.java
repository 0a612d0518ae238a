// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.cli.demo;

import dev.plancheck.cli.demo.TenantServer.OnMariadb;
import dev.plancheck.cli.demo.TenantServer.OnPostgresql;
import dev.plancheck.embedded.Cluster;
import dev.plancheck.embedded.ClusterConfig;
import dev.plancheck.embedded.Folders;
import dev.plancheck.embedded.JudgeCluster;
import dev.plancheck.embedded.mysql.MysqlBinaries;
import dev.plancheck.embedded.mysql.MysqlServer;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/// The demo's servers, started side by side: metadata, tenants, and the judge of syntax, which
/// PostgreSQL alone has. The first two are thrown away at the end, also after Ctrl-C.
record DemoServers(Cluster metadata, TenantServer tenants, @Nullable JudgeCluster judge)
    implements AutoCloseable {
  /// With tenants on PostgreSQL.
  static DemoServers start(Folders folders) throws InterruptedException {
    return start(
        folders,
        () -> new OnPostgresql(Cluster.start(DemoTenants.cluster().withFolders(folders))),
        () -> JudgeCluster.open(folders));
  }

  /// With tenants on this MariaDB.
  static DemoServers start(Folders folders, MysqlBinaries mariadb) throws InterruptedException {
    return start(
        folders,
        () -> new OnMariadb(MysqlServer.start(MariadbTenants.config(mariadb, folders))),
        () -> null);
  }

  private static DemoServers start(
      Folders folders, Callable<TenantServer> tenantServer, Callable<@Nullable JudgeCluster> judges)
      throws InterruptedException {
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      var metadata =
          executor.submit(() ->
              Cluster.start(
                  ClusterConfig.throwAway(ClusterConfig.Role.METADATA).withFolders(folders)));
      var tenants = executor.submit(tenantServer);
      var judge = executor.submit(judges);
      return whole(metadata, tenants, judge);
    }
  }

  /// All or nothing: what did start is stopped when another did not.
  private static DemoServers whole(
      Future<Cluster> metadata, Future<TenantServer> tenants, Future<@Nullable JudgeCluster> judge)
      throws InterruptedException {
    try {
      return new DemoServers(metadata.get(), tenants.get(), judge.get());
    } catch (ExecutionException e) {
      closeIfStarted(judge);
      closeIfStarted(tenants);
      closeIfStarted(metadata);
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  private static void closeIfStarted(Future<? extends @Nullable AutoCloseable> server)
      throws InterruptedException {
    try {
      try (var _ = server.get()) {
        // Closed at once.
      }
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception _) {
      // It never ran, or is gone already.
    }
  }

  @Override
  public void close() {
    if (judge != null) {
      judge.close();
    }
    tenants.close();
    metadata.close();
  }
}
