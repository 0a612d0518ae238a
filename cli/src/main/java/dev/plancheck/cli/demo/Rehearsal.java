// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.cli.demo;

import dev.plancheck.checks.plan.DatabaseName;
import dev.plancheck.checks.policy.AppliedPolicies;
import dev.plancheck.checks.run.CheckTarget;
import dev.plancheck.checks.run.CheckType;
import dev.plancheck.checks.run.PlanCheckRunConfig;
import dev.plancheck.targets.Targets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Checks a database that is no tenant, in both ways if they can be compared, while the tenants are
/// created: a process that serves has loaded its code and started its judge long before a plan
/// comes, and what the demo measures shall not be the start of a Java.
///
/// Nothing of it is stored, and no tenant is touched.
final class Rehearsal implements AutoCloseable {
  /// As many at once as in a run; each round checks them once in either way.
  private static final int AT_ONCE = 8;

  private static final int ROUNDS = 6;

  private final ExecutorService thread = Executors.newSingleThreadExecutor();
  private final Future<Boolean> done;

  private Rehearsal(Comparison comparison, PlanCheckRunConfig config, boolean both) {
    this.done = thread.submit(() -> rehearse(comparison, config, both));
  }

  /// Begins at once, on a thread of its own.
  static Rehearsal begin(DemoServers servers, DemoRooms rooms, String change) {
    var instance = DemoFleet.instance(servers.tenants());
    var password = servers.tenants().endpoint().password();
    var connector = new Targets(_ -> Optional.of(instance), _ -> password);
    var target =
        new CheckTarget(
            new DatabaseName(DemoFleet.INSTANCE, DemoTenants.REHEARSAL),
            instance.environment(),
            "rehearsal",
            rooms.ports().sheets().put(change).sha256(),
            false,
            false,
            false,
            new TreeMap<>(),
            List.of(CheckType.STATEMENT_ADVISE, CheckType.STATEMENT_SUMMARY_REPORT),
            false);
    var targets = new ArrayList<CheckTarget>();
    for (var copy = 0; copy < AT_ONCE; copy++) {
      targets.add(target);
    }
    return new Rehearsal(
        new Comparison(rooms.ports(), connector, rooms.review()),
        new PlanCheckRunConfig(
            targets, 0, AppliedPolicies.own("", List.of(instance.environment())), "", ""),
        servers.tenants() instanceof TenantServer.OnPostgresql);
  }

  private static boolean rehearse(Comparison comparison, PlanCheckRunConfig config, boolean both)
      throws InterruptedException {
    for (var round = 0; round < ROUNDS; round++) {
      comparison.shared(config);
      if (both) {
        comparison.sequential(config);
      }
    }
    return true;
  }

  /// Waits for its end; what went wrong flies.
  void await() throws InterruptedException {
    try {
      done.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause
          ? cause
          : new IllegalStateException("the rehearsal failed", e.getCause());
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
