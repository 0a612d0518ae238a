// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.cli.demo;

import dev.plancheck.checks.plan.PlanName;
import dev.plancheck.checks.run.PlanCheckRun;
import dev.plancheck.checks.run.Runs;
import dev.plancheck.checks.target.TargetException;
import dev.plancheck.cli.demo.DemoReport.Compared;
import dev.plancheck.cli.demo.DemoReport.Rows;
import dev.plancheck.cli.demo.DemoReport.Timing;
import dev.plancheck.engine.EngineVersion;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One demo over servers that run: makes the tenants, checks the plan, and reads the record back.
record Demo(DemoServers servers, DemoRooms rooms, DemoProgress progress, String change) {
  DemoReport run(int databases, long startMs, boolean compare)
      throws InterruptedException, SQLException, TargetException {
    var before = System.nanoTime();
    var tenants =
        DemoTenants.create(
            servers.tenants(),
            databases,
            done -> progress.show("creating tenants", done, databases));
    var createMs = since(before);
    progress.say("%d tenant databases created".formatted(databases));
    return check(tenants, startMs, createMs, compare);
  }

  /// Checks tenants that exist.
  DemoReport check(List<String> tenants, long startMs, long createMs, boolean compare)
      throws InterruptedException, TargetException {
    var plan = plan(tenants);
    var start = System.nanoTime();
    var run = check(plan, tenants.size());
    var checkMs = since(start);
    var timing = new Timing(startMs, createMs, checkMs, (double) checkMs / tenants.size());
    return report(run, timing, compare ? compared(plan, checkMs) : null);
  }

  private PlanName plan(List<String> tenants) {
    var instance = DemoFleet.instance(servers.tenants());
    return DemoFleet.plan(rooms.ports(), instance, tenants, change).name();
  }

  private PlanCheckRun check(PlanName plan, int databases) throws InterruptedException {
    try (var _ =
        rooms
            .runs()
            .watch(plan, run -> progress.show("checking", run.counts().done(), databases))) {
      return rooms.runs().await(rooms.runs().start(plan));
    }
  }

  private Compared compared(PlanName plan, long checkMs) throws InterruptedException {
    progress.say("checking the same one after the other, with nothing shared");
    var slow = new SlowWay(rooms.ports(), rooms.connector(), rooms.review()).milliseconds(plan);
    return new Compared(slow, (double) slow / Math.max(1, checkMs));
  }

  private DemoReport report(PlanCheckRun run, Timing timing, @Nullable Compared compared)
      throws TargetException {
    var results = rooms.ports().runs().results(run.plan());
    var script = rooms.review().script(change, EngineVersion.POSTGRESQL_LATEST);
    return new DemoReport(
        DemoReports.run(run),
        new Rows(rooms.ports().runs().list(Runs.Query.first(1000)).size()),
        DemoReports.drifted(results, script, rooms.connector()),
        DemoReports.findings(results, run.counts().targets()),
        DemoReports.affected(results),
        timing,
        compared);
  }

  static long since(long start) {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
  }
}
