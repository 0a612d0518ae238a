// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.cli.demo;

import dev.plancheck.checks.plan.DatabaseName;
import dev.plancheck.checks.plan.PlanName;
import dev.plancheck.checks.run.PlanCheckRun;
import dev.plancheck.checks.run.RunScope;
import dev.plancheck.checks.run.Runs;
import dev.plancheck.checks.target.TargetException;
import dev.plancheck.cli.demo.DemoReport.Compared;
import dev.plancheck.cli.demo.DemoReport.Rows;
import dev.plancheck.cli.demo.DemoReport.Timing;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One demo over servers that run: makes the tenants, checks the plan, and reads the record back.
record Demo(DemoServers servers, DemoRooms rooms, DemoProgress progress) {
  private static final int ROLLED_OUT = 5;

  DemoReport run(int databases, long startMs, boolean compare)
      throws InterruptedException, SQLException, TargetException {
    var before = System.nanoTime();
    var tenants = createTenants(databases);
    var createMs = since(before);
    progress.say("%d tenant databases created".formatted(databases));
    return check(tenants, startMs, createMs, compare);
  }

  private List<String> createTenants(int databases) throws InterruptedException, SQLException {
    servers.tenants().createTemplate();
    try (var rehearsal = Rehearsal.begin(servers, rooms, change())) {
      var tenants =
          servers
              .tenants()
              .createTenants(databases, done -> progress.show("creating tenants", done, databases));
      rehearsal.await();
      return tenants;
    }
  }

  /// Checks tenants that exist.
  DemoReport check(List<String> tenants, long startMs, long createMs, boolean compare)
      throws InterruptedException, SQLException, TargetException {
    var plan = plan(tenants);
    var start = System.nanoTime();
    var run = check(plan, tenants.size());
    var checkMs = since(start);
    var timing = timing(startMs, createMs, checkMs, tenants.size());
    return report(run, tenants, timing, compare ? compared(plan) : null);
  }

  private PlanName plan(List<String> tenants) {
    var instance = DemoFleet.instance(servers.tenants());
    return DemoFleet.plan(rooms.ports(), instance, tenants, change()).name();
  }

  private PlanCheckRun check(PlanName plan, int databases) throws InterruptedException {
    try (var _ =
        rooms
            .runs()
            .watch(plan, run -> progress.show("checking", run.counts().done(), databases))) {
      return rooms.runs().await(rooms.runs().start(plan, RunScope.WHOLE, "demo"));
    }
  }

  private Timing timing(long startMs, long createMs, long checkMs, int databases) {
    var times = rooms.server().checks().latestTimes();
    var slowest = times.slowest();
    return new Timing(
        startMs,
        createMs,
        checkMs,
        (double) checkMs / databases,
        times.median().map(Duration::toMillis).orElse(0L),
        slowest.map(taken -> taken.time().toMillis()).orElse(0L),
        slowest.map(taken -> taken.target().toString()).orElse(null));
  }

  private Compared compared(PlanName plan) throws InterruptedException {
    progress.say("checking them in both ways again, to compare");
    return new Comparison(rooms.ports(), rooms.connector(), rooms.review()).of(plan);
  }

  private DemoReport report(
      PlanCheckRun run, List<String> tenants, Timing timing, @Nullable Compared compared)
      throws InterruptedException, SQLException, TargetException {
    var results = rooms.ports().runs().results(run.plan());
    var script = rooms.review().script(change(), servers.tenants().version());
    var drifted = DemoReports.drifted(results, script, rooms.connector());
    return new DemoReport(
        DemoReports.run(run),
        new Rows(rooms.ports().runs().list(Runs.Query.first(1000)).size()),
        drifted,
        DemoReports.findings(results, run.counts().targets()),
        DemoReports.affected(results),
        timing,
        compared,
        rolledOut(run.plan(), tenants, drifted));
  }

  String change() {
    return servers.tenants().change();
  }

  /// To the first tenants that look like most; the others are asked whether they stayed as they
  /// are. On PostgreSQL only: other databases are checked and not changed.
  private @Nullable RolledOut rolledOut(
      PlanName plan, List<String> tenants, List<DemoReport.Drifted> drifted)
      throws InterruptedException, SQLException {
    var names = drifted.stream().map(one -> DatabaseName.parse(one.target()).database()).toList();
    var alike = tenants.stream().filter(tenant -> !names.contains(tenant)).toList();
    if (alike.size() < ROLLED_OUT
        || !(servers.tenants() instanceof TenantServer.OnPostgresql postgresql)) {
      return null;
    }
    var chosen = alike.subList(0, ROLLED_OUT);
    var others = tenants.stream().filter(tenant -> !chosen.contains(tenant)).toList();
    return new DemoRollout(postgresql, rooms, progress).run(plan, chosen, others);
  }

  static long since(long start) {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
  }
}
