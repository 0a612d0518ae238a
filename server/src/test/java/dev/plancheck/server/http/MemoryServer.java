// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.server.http;

import com.linecorp.armeria.client.grpc.GrpcClients;
import com.linecorp.armeria.common.prometheus.PrometheusMeterRegistries;
import dev.plancheck.checks.Checks;
import dev.plancheck.checks.Decisions;
import dev.plancheck.checks.Delivery;
import dev.plancheck.checks.access.AccessService;
import dev.plancheck.checks.access.Authentication;
import dev.plancheck.checks.group.GroupService;
import dev.plancheck.checks.legacy.LegacyRunService;
import dev.plancheck.checks.memory.Memory;
import dev.plancheck.checks.plan.DatabaseName;
import dev.plancheck.checks.plan.ReleaseService;
import dev.plancheck.checks.policy.OwnPolicy;
import dev.plancheck.checks.rollout.RolloutSettings;
import dev.plancheck.checks.rollout.ScriptedChanger;
import dev.plancheck.checks.run.RunSettings;
import dev.plancheck.checks.target.TargetConnector;
import dev.plancheck.checks.target.TargetException;
import dev.plancheck.checks.target.TargetSession;
import dev.plancheck.engine.review.Policy;
import dev.plancheck.engine.review.PolicyTerms;
import dev.plancheck.server.access.AccessControl;
import dev.plancheck.server.grpc.ApprovalApi;
import dev.plancheck.server.grpc.DatabaseApi;
import dev.plancheck.server.grpc.DatabaseGroupApi;
import dev.plancheck.server.grpc.EnvironmentApi;
import dev.plancheck.server.grpc.GateApi;
import dev.plancheck.server.grpc.LegacyPlanCheckRunApi;
import dev.plancheck.server.grpc.PlanApi;
import dev.plancheck.server.grpc.PlanCalls;
import dev.plancheck.server.grpc.ProjectApi;
import dev.plancheck.server.grpc.ReleaseApi;
import dev.plancheck.server.grpc.RolloutApi;
import dev.plancheck.server.grpc.RunCalls;
import dev.plancheck.server.grpc.SheetApi;
import dev.plancheck.server.grpc.UserApi;
import dev.plancheck.server.watch.RunWatches;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/// The real port over storage in memory, for tests of what callers see.
final class MemoryServer implements AutoCloseable {
  final Memory memory;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  final ScriptedChanger changer = new ScriptedChanger();
  private final Checks checks;
  private final Delivery delivery;
  private final ApiServer server;

  MemoryServer() {
    this(0, MemoryServer::unreachable, Policy.of(List.of()), InstantSource.system());
  }

  private MemoryServer(int port, TargetConnector targets, Policy policy, InstantSource clock) {
    this.memory = new Memory(clock);
    var setup =
        new Checks.Setup(
            OwnPolicy.only(new PolicyTerms(policy)), "test", RunSettings.DEFAULT, null);
    this.checks = Checks.start(memory.ports(), targets, setup, List.of(), clock);
    var decisions = Decisions.over(checks, memory.runs(), memory.decisionPorts(), clock);
    this.delivery =
        Delivery.start(
            memory.ports(),
            checks,
            decisions.gate(),
            memory.decisionPorts(),
            new Delivery.Setup(changer, RolloutSettings.DEFAULT.withLook(Duration.ofMillis(20))));
    var watches = new RunWatches(memory.runs(), Duration.ofMillis(200));
    var faces =
        new ApiServer.Faces(
            List.of(
                new UserApi(
                    memory.access(), new AccessService(memory.access(), InstantSource.system())),
                new ProjectApi(memory.projects()),
                new EnvironmentApi(memory.environments()),
                new DatabaseGroupApi(
                    memory.projects(),
                    memory.groups(),
                    new GroupService(memory.groups(), memory.databases())),
                new DatabaseApi(memory.instances(), memory.databases()),
                new SheetApi(memory.projects(), memory.sheets()),
                new ReleaseApi(
                    memory.projects(),
                    memory.releases(),
                    new ReleaseService(memory.releases(), memory.sheets())),
                new PlanApi(
                    new PlanCalls(memory.projects(), memory.plans(), checks.plans()),
                    new RunCalls(memory.projects(), memory.runs(), checks.runs(), watches)),
                new LegacyPlanCheckRunApi(new LegacyRunService(memory.ports(), checks.runs())),
                new RolloutApi(memory.ports(), delivery.records(), delivery.rollouts()),
                new GateApi(memory.plans(), decisions.gate()),
                new ApprovalApi(decisions.approvals(), decisions.approvalPolicies())),
            new AccessControl(new Authentication(memory.access().tokens())),
            watches,
            PrometheusMeterRegistries.newRegistry(),
            () -> true,
            "test");
    this.server = ApiServer.start(HttpConfig.onPort(port), faces);
  }

  private static TargetSession unreachable(DatabaseName target, TargetConnector.Limits limits)
      throws TargetException {
    throw new TargetException(
        TargetException.Kind.UNREACHABLE, "%s cannot be reached.".formatted(target));
  }

  static MemoryServer onPort(int port) {
    return new MemoryServer(
        port, MemoryServer::unreachable, Policy.of(List.of()), InstantSource.system());
  }

  static MemoryServer over(TargetConnector targets, Policy policy, InstantSource clock) {
    return new MemoryServer(0, targets, policy, clock);
  }

  Checks checks() {
    return checks;
  }

  URI url() {
    return server.url();
  }

  HttpResponse<String> get(String path) {
    return send(request(path).GET());
  }

  HttpResponse<String> post(String path, String json) {
    return send(json(path).POST(BodyPublishers.ofString(json)));
  }

  HttpResponse<String> patch(String path, String json) {
    return send(json(path).method("PATCH", BodyPublishers.ofString(json)));
  }

  HttpResponse<String> delete(String path) {
    return send(request(path).DELETE());
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(server.url() + path)).timeout(Duration.ofSeconds(30));
  }

  HttpRequest.Builder json(String path) {
    return request(path).header("Content-Type", "application/json");
  }

  HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return client.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  <T> T grpc(Class<T> stub) {
    return GrpcClients.newClient("gproto+" + server.url(), stub);
  }

  @Override
  public void close() {
    server.close();
    delivery.close();
    checks.close();
    client.close();
  }
}
