// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.server;

import dev.plancheck.checks.CheckPorts;
import dev.plancheck.checks.Checks;
import dev.plancheck.checks.Decisions;
import dev.plancheck.checks.Delivery;
import dev.plancheck.checks.access.AccessPorts;
import dev.plancheck.checks.access.AccessService;
import dev.plancheck.checks.access.Authentication;
import dev.plancheck.checks.group.GroupService;
import dev.plancheck.checks.legacy.LegacyRunService;
import dev.plancheck.checks.notice.NoticePorts;
import dev.plancheck.checks.plan.ReleaseService;
import dev.plancheck.checks.target.DatabaseSync;
import dev.plancheck.rules.Rules;
import dev.plancheck.server.access.AccessControl;
import dev.plancheck.server.grpc.ApprovalApi;
import dev.plancheck.server.grpc.DatabaseApi;
import dev.plancheck.server.grpc.DatabaseGroupApi;
import dev.plancheck.server.grpc.EnvironmentApi;
import dev.plancheck.server.grpc.GateApi;
import dev.plancheck.server.grpc.InstanceApi;
import dev.plancheck.server.grpc.LegacyPlanCheckRunApi;
import dev.plancheck.server.grpc.PlanApi;
import dev.plancheck.server.grpc.PlanCalls;
import dev.plancheck.server.grpc.ProjectApi;
import dev.plancheck.server.grpc.ReleaseApi;
import dev.plancheck.server.grpc.ReviewPolicyApi;
import dev.plancheck.server.grpc.RolloutApi;
import dev.plancheck.server.grpc.RuleApi;
import dev.plancheck.server.grpc.RunCalls;
import dev.plancheck.server.grpc.SheetApi;
import dev.plancheck.server.grpc.UserApi;
import dev.plancheck.server.grpc.WebhookApi;
import dev.plancheck.server.http.ApiServer;
import dev.plancheck.server.mapping.InstanceFromProto;
import dev.plancheck.server.secret.Vault;
import dev.plancheck.server.watch.RunWatches;
import dev.plancheck.server.webhook.WebhookTargets;
import io.grpc.BindableService;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.BooleanSupplier;

/// The services of the API over the rooms behind them.
record Faces(CheckPorts ports, People people, Rooms rooms, Outside outside, Vault vault) {
  /// What is done with plans.
  record Rooms(Checks checks, Decisions decisions, Delivery delivery) {}

  /// Who may call, by which clock, and who is told.
  record People(AccessPorts access, NoticePorts notices, InstantSource clock) {}

  /// What of the world outside is reached.
  record Outside(DatabaseSync sync, WebhookTargets webhooks) {}

  /// How long a watch may be silent.
  private static final Duration HEARTBEAT = Duration.ofSeconds(5);

  ApiServer.Faces over(
      PrometheusMeterRegistry numbers, BooleanSupplier storageAnswers, String version) {
    var watches = new RunWatches(ports.runs(), HEARTBEAT);
    return new ApiServer.Faces(
        services(watches),
        new AccessControl(new Authentication(people.access().tokens())),
        watches,
        numbers,
        storageAnswers,
        version);
  }

  private List<BindableService> services(RunWatches watches) {
    return List.of(
        new ProjectApi(ports.projects()),
        new EnvironmentApi(ports.environments()),
        new InstanceApi(ports.instances(), outside.sync(), new InstanceFromProto(vault)),
        new DatabaseApi(ports.instances(), ports.databases()),
        new DatabaseGroupApi(
            ports.projects(), ports.groups(), new GroupService(ports.groups(), ports.databases())),
        new SheetApi(ports.projects(), ports.sheets()),
        new ReleaseApi(
            ports.projects(),
            ports.releases(),
            new ReleaseService(ports.releases(), ports.sheets())),
        new PlanApi(
            new PlanCalls(ports.projects(), ports.plans(), rooms.checks().plans()),
            new RunCalls(ports.projects(), ports.runs(), rooms.checks().runs(), watches)),
        new LegacyPlanCheckRunApi(new LegacyRunService(ports, rooms.checks().runs())),
        new GateApi(ports.plans(), rooms.decisions().gate()),
        new RolloutApi(ports, rooms.delivery().records(), rooms.delivery().rollouts()),
        new ApprovalApi(rooms.decisions().approvals(), rooms.decisions().approvalPolicies()),
        new RuleApi(Rules.infos(), Rules::page),
        new ReviewPolicyApi(rooms.checks().policies()),
        new UserApi(people.access(), new AccessService(people.access(), people.clock())),
        new WebhookApi(ports.projects(), people.notices(), outside.webhooks(), vault));
  }
}
