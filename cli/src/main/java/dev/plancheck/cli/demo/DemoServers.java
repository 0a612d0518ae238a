// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.cli.demo;

import dev.plancheck.embedded.Cluster;
import dev.plancheck.embedded.ClusterConfig;
import dev.plancheck.embedded.Folders;
import dev.plancheck.embedded.JudgeCluster;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// The demo's three servers, started side by side: metadata, tenants, and the judge of syntax. The
/// first two are thrown away at the end, also after Ctrl-C.
record DemoServers(Cluster metadata, Cluster tenants, JudgeCluster judge) implements AutoCloseable {
  static DemoServers start(Folders folders) throws InterruptedException {
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      var metadata =
          executor.submit(() ->
              Cluster.start(
                  ClusterConfig.throwAway(ClusterConfig.Role.METADATA).withFolders(folders)));
      var tenants =
          executor.submit(() -> Cluster.start(DemoTenants.cluster().withFolders(folders)));
      var judge = executor.submit(() -> JudgeCluster.open(folders));
      return whole(metadata, tenants, judge);
    }
  }

  /// All or nothing: what did start is stopped when another did not.
  private static DemoServers whole(
      Future<Cluster> metadata, Future<Cluster> tenants, Future<JudgeCluster> judge)
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

  private static void closeIfStarted(Future<? extends AutoCloseable> server)
      throws InterruptedException {
    try {
      server.get().close();
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception _) {
      // It never ran, or is gone already.
    }
  }

  @Override
  public void close() {
    judge.close();
    tenants.close();
    metadata.close();
  }
}
