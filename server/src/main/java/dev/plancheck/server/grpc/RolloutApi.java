// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.server.grpc;

import dev.plancheck.api.v1.AutomaticRollout;
import dev.plancheck.api.v1.CancelRolloutRequest;
import dev.plancheck.api.v1.CreateRolloutRequest;
import dev.plancheck.api.v1.GetAutomaticRolloutRequest;
import dev.plancheck.api.v1.GetRolloutRequest;
import dev.plancheck.api.v1.GetRolloutTaskRequest;
import dev.plancheck.api.v1.ListDatabaseChangesRequest;
import dev.plancheck.api.v1.ListDatabaseChangesResponse;
import dev.plancheck.api.v1.ListRolloutTasksRequest;
import dev.plancheck.api.v1.ListRolloutTasksResponse;
import dev.plancheck.api.v1.ResolveRolloutTaskRequest;
import dev.plancheck.api.v1.RetryRolloutTasksRequest;
import dev.plancheck.api.v1.Rollout;
import dev.plancheck.api.v1.RolloutServiceGrpc.RolloutServiceImplBase;
import dev.plancheck.api.v1.RolloutTask;
import dev.plancheck.api.v1.SkipRolloutTasksRequest;
import dev.plancheck.api.v1.StartRolloutStageRequest;
import dev.plancheck.checks.ApiException;
import dev.plancheck.checks.CheckPorts;
import dev.plancheck.checks.plan.DatabaseName;
import dev.plancheck.checks.plan.PlanName;
import dev.plancheck.checks.rollout.RolloutService;
import dev.plancheck.checks.rollout.Rollouts;
import dev.plancheck.server.access.Callers;
import dev.plancheck.server.mapping.Names;
import dev.plancheck.server.mapping.Page;
import dev.plancheck.server.mapping.PageToken;
import dev.plancheck.server.mapping.RolloutFromProto;
import dev.plancheck.server.mapping.RolloutToProto;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.function.Supplier;

/// Rollouts over the API.
public final class RolloutApi extends RolloutServiceImplBase {
  private final CheckPorts ports;
  private final Rollouts rollouts;
  private final RolloutService service;

  public RolloutApi(CheckPorts ports, Rollouts rollouts, RolloutService service) {
    this.ports = ports;
    this.rollouts = rollouts;
    this.service = service;
  }

  private static void answer(
      StreamObserver<Rollout> observer, Supplier<dev.plancheck.checks.rollout.Rollout> work) {
    Answers.answer(observer, () -> RolloutToProto.rollout(work.get(), List.of()));
  }

  private static String actor() {
    return Callers.current().name();
  }

  @Override
  public void createRollout(CreateRolloutRequest request, StreamObserver<Rollout> observer) {
    answer(
        observer,
        () ->
            service.create(
                Names.plan(request.getParent()), RolloutFromProto.options(request), actor()));
  }

  @Override
  public void getRollout(GetRolloutRequest request, StreamObserver<Rollout> observer) {
    Answers.answer(
        observer,
        () -> {
          var rollout = service.get(Names.planOfRollout(request.getName()));
          return RolloutToProto.rollout(
              rollout, rollout.status().isLive() ? service.newcomers(rollout) : List.of());
        });
  }

  @Override
  public void startRolloutStage(
      StartRolloutStageRequest request, StreamObserver<Rollout> observer) {
    answer(
        observer,
        () ->
            service.startStage(
                Names.planOfRollout(request.getName()), request.getEnvironment(), actor()));
  }

  @Override
  public void cancelRollout(CancelRolloutRequest request, StreamObserver<Rollout> observer) {
    answer(observer, () -> service.cancel(Names.planOfRollout(request.getName()), actor()));
  }

  @Override
  public void retryRolloutTasks(
      RetryRolloutTasksRequest request, StreamObserver<Rollout> observer) {
    answer(
        observer,
        () ->
            service.retry(Names.planOfRollout(request.getName()), request.getTasksList(), actor()));
  }

  @Override
  public void skipRolloutTasks(SkipRolloutTasksRequest request, StreamObserver<Rollout> observer) {
    answer(
        observer,
        () ->
            service.skip(
                Names.planOfRollout(request.getName()),
                request.getTasksList(),
                request.getReason(),
                actor()));
  }

  @Override
  public void resolveRolloutTask(
      ResolveRolloutTaskRequest request, StreamObserver<Rollout> observer) {
    answer(
        observer,
        () ->
            service.resolve(
                Names.planOfTask(request.getName()),
                Names.taskNumber(request.getName()),
                RolloutFromProto.applied(request.getResolution()),
                actor()));
  }

  @Override
  public void listRolloutTasks(
      ListRolloutTasksRequest request, StreamObserver<ListRolloutTasksResponse> observer) {
    Answers.answer(observer, () -> list(request));
  }

  /// Pages of one rollout; those of its successor begin anew.
  private ListRolloutTasksResponse list(ListRolloutTasksRequest request) {
    var rollout = service.get(Names.planOfRollout(request.getParent()));
    var token = PageToken.of(request, rollout.id());
    var page = Page.of(request.getPageSize(), 100);
    var after = (int) token.readNumber(request.getPageToken(), 0);
    var query = RolloutFromProto.query(request, rollout, page.limit(), after);
    var found = rollouts.tasks(rollout.id(), query);
    return ListRolloutTasksResponse.newBuilder()
        .addAllTasks(
            page.of(found).stream().map(task -> RolloutToProto.task(rollout, task)).toList())
        .setNextPageToken(page.next(found, token, task -> Integer.toString(task.key().number())))
        .build();
  }

  @Override
  public void getRolloutTask(GetRolloutTaskRequest request, StreamObserver<RolloutTask> observer) {
    Answers.answer(
        observer,
        () -> {
          var plan = Names.planOfTask(request.getName());
          var task = service.task(plan, Names.taskNumber(request.getName()));
          return RolloutToProto.task(service.get(plan), task, rollouts.work(task.key()));
        });
  }

  @Override
  public void getAutomaticRollout(
      GetAutomaticRolloutRequest request, StreamObserver<AutomaticRollout> observer) {
    Answers.answer(
        observer,
        () -> {
          var plan = Names.planOfAutomaticRollout(request.getName());
          return RolloutToProto.automatic(plan, isAutomatic(plan), rollouts.waiting(plan));
        });
  }

  private boolean isAutomatic(PlanName plan) {
    if (ports.plans().get(plan).isEmpty()) {
      throw ApiException.notFound(plan.toString());
    }
    return ports
        .projects()
        .get(plan.project())
        .map(project -> project.settings().automaticRollout())
        .orElse(false);
  }

  @Override
  public void listDatabaseChanges(
      ListDatabaseChangesRequest request, StreamObserver<ListDatabaseChangesResponse> observer) {
    Answers.answer(observer, () -> list(request));
  }

  /// A database that is gone keeps its log.
  private ListDatabaseChangesResponse list(ListDatabaseChangesRequest request) {
    var instance = Names.instanceId(request.getParent());
    if (ports.instances().get(instance).isEmpty()) {
      throw ApiException.notFound(request.getParent());
    }
    var token = PageToken.of(request);
    var page = Page.of(request.getPageSize(), 50);
    var before = token.readNumber(request.getPageToken(), Long.MAX_VALUE);
    var database = new DatabaseName(instance, request.getDatabase());
    var found = rollouts.changes(database, page.limit(), before);
    return ListDatabaseChangesResponse.newBuilder()
        .addAllChanges(page.of(found).stream().map(RolloutToProto::change).toList())
        .setNextPageToken(page.next(found, token, change -> Long.toString(change.id())))
        .build();
  }
}
