// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.cli.demo;

import dev.plancheck.checks.approval.ApprovalPolicy;
import dev.plancheck.checks.approval.ApprovalRequest;
import dev.plancheck.checks.approval.ApprovalTemplate;
import dev.plancheck.checks.approval.Decider;
import dev.plancheck.checks.approval.Risk;
import dev.plancheck.checks.gate.GateReason;
import dev.plancheck.checks.gate.Purpose;
import dev.plancheck.checks.plan.DatabaseName;
import dev.plancheck.checks.plan.Instance;
import dev.plancheck.checks.plan.Plan;
import dev.plancheck.checks.plan.PlanName;
import dev.plancheck.checks.plan.Spec.ChangeDatabase;
import dev.plancheck.checks.rollout.ChangeJournal.Entry;
import dev.plancheck.checks.rollout.FailurePolicy;
import dev.plancheck.checks.rollout.Rollout;
import dev.plancheck.checks.rollout.RolloutOptions;
import dev.plancheck.checks.rollout.Stage;
import dev.plancheck.checks.rollout.Task;
import dev.plancheck.checks.rollout.TaskQuery;
import dev.plancheck.checks.run.RunScope;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The demo's second act: the plan that was blocked gets a sheet that nobody has to wait for, is
/// checked and approved, and goes to a staging database and then to some of the tenants.
///
/// Everything is done as users of the API do it: there is no way around the gate.
record DemoRollout(TenantServer.OnPostgresql server, DemoRooms rooms, DemoProgress progress) {
  private static final String AUTHOR = "users/dana";
  private static final String APPROVER = "users/kim";
  private static final String ROLE = "DBA";
  private static final String STAGING = "tenants-staging";
  private static final Duration LOOK = Duration.ofMillis(100);
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /// Rolls out to the staging database and to `tenants`; `untouched` must stay as they are.
  RolledOut run(PlanName name, List<String> tenants, List<String> untouched)
      throws InterruptedException, SQLException {
    var before = System.nanoTime();
    askForApprovals();
    var blocked =
        rooms.server().decisions().gate().evaluate(name, Purpose.ROLLOUT).reasons().stream()
            .map(GateReason::words)
            .toList();
    progress.say("the plan is blocked; dana edits the sheet, for staging and five tenants");
    edit(name, tenants);
    var run = rooms.runs().await(rooms.runs().start(name, RunScope.WHOLE, AUTHOR));
    progress.say("checked again: %s; kim, a DBA, approves".formatted(run.verdict()));
    var risk = approve(name);
    var rollout = rollOut(name);
    return new RolledOut(
        blocked,
        run.verdict(),
        risk,
        APPROVER,
        rollout.stages().stream().map(stage -> stage(rollout, stage)).toList(),
        changed(tenants),
        untouched.size() - changed(untouched, List.of()).size(),
        Demo.since(before));
  }

  /// Whatever the risk: one DBA.
  private void askForApprovals() {
    var template = new ApprovalTemplate("A DBA has a look", List.of(ROLE));
    var policy = new ApprovalPolicy(List.of(), template, template, template);
    var policies = rooms.server().decisions().approvalPolicies();
    var present = policies.get(DemoFleet.PROJECT).hash();
    var _ = policies.replace(DemoFleet.PROJECT, present, policy, AUTHOR);
  }

  private void edit(PlanName name, List<String> tenants) throws SQLException {
    var ports = rooms.ports();
    DemoTenants.createStaging(server.cluster());
    var production = DemoFleet.instance(server);
    ports
        .instances()
        .create(
            new Instance(
                STAGING,
                "The demo's staging",
                production.engine(),
                "staging",
                production.host(),
                production.port(),
                production.user(),
                production.password(),
                production.tls()));
    ports.databases().sync(STAGING, Set.of(DemoTenants.STAGING));
    var targets = new ArrayList<DatabaseName>();
    targets.add(new DatabaseName(STAGING, DemoTenants.STAGING));
    tenants.forEach(tenant -> targets.add(new DatabaseName(DemoFleet.INSTANCE, tenant)));
    var sheet = ports.sheets().put(DemoFleet.PROJECT, DemoTenants.resource("rollout.sql"));
    var plan = ports.plans().get(name).orElseThrow();
    var _ =
        rooms
            .server()
            .checks()
            .plans()
            .update(
                new Plan(
                    name,
                    plan.title(),
                    List.of(ChangeDatabase.migrate("change", sheet.sha256(), targets)),
                    plan.version(),
                    plan.authors(),
                    plan.createdAt(),
                    plan.updatedAt()),
                AUTHOR);
  }

  private @Nullable Risk approve(PlanName name) {
    var approvals = rooms.server().decisions().approvals();
    var asked = approvals.get(name);
    var request =
        new ApprovalRequest(
            asked.planVersion(), asked.attempt(), asked.digest(), "no lock to wait for");
    var _ = approvals.approve(name, request, new Dba());
    var assessment = asked.assessment();
    return assessment == null ? null : assessment.risk();
  }

  private record Dba() implements Decider {
    @Override
    public String user() {
      return APPROVER;
    }

    @Override
    public boolean hasRole(String role) {
      return role.equals(ROLE);
    }
  }

  private Rollout rollOut(PlanName name) throws InterruptedException {
    var service = rooms.server().delivery().rollouts();
    var rollout = service.create(name, RolloutOptions.DEFAULT, AUTHOR);
    for (var stage : rollout.stages()) {
      progress.say("rolling out to " + stage.environment());
      var _ = service.startStage(name, stage.environment(), AUTHOR);
      var end = System.nanoTime() + PATIENCE.toNanos();
      while (isAtWork(rollout.id(), stage.number()) && System.nanoTime() - end < 0) {
        Thread.sleep(LOOK);
      }
    }
    return service.get(name);
  }

  private boolean isAtWork(long rollout, int number) {
    var stage = rooms.server().delivery().records().get(rollout).orElseThrow().stages().get(number);
    return switch (stage.status(FailurePolicy.STOP_STAGE)) {
      case PENDING, RUNNING -> true;
      case FAILED, CANCELED, DONE -> false;
    };
  }

  private RolledOut.Stage stage(Rollout rollout, Stage stage) {
    var query = TaskQuery.first(1000).withStage(stage.number());
    return new RolledOut.Stage(
        stage.environment(),
        rooms.server().delivery().records().tasks(rollout.id(), query).stream()
            .map(this::task)
            .toList());
  }

  private RolledOut.Task task(Task task) {
    var finished =
        rooms.server().delivery().records().work(task.key()).entries().stream()
            .map(Entry::finished)
            .filter(Objects::nonNull)
            .toList();
    var rows = finished.stream().mapToLong(one -> one.rows() == null ? 0 : one.rows()).sum();
    return new RolledOut.Task(
        task.item().target().toString(),
        task.state(),
        finished.size(),
        rows,
        task.report().words());
  }

  private List<String> changed(List<String> tenants) throws SQLException {
    return changed(tenants, List.of(DemoTenants.STAGING));
  }

  /// Those that really have the column and the row, asked as anybody would.
  private List<String> changed(List<String> tenants, List<String> others) throws SQLException {
    var changed = new ArrayList<String>();
    for (var list : List.of(others, tenants)) {
      for (var database : list) {
        if (DemoTenants.hasRewards(server.cluster(), database)) {
          changed.add(database);
        }
      }
    }
    return changed;
  }
}
