// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.server.grpc;

import dev.plancheck.api.v1.CancelPlanCheckRunRequest;
import dev.plancheck.api.v1.CreatePlanRequest;
import dev.plancheck.api.v1.GetPlanCheckRunRequest;
import dev.plancheck.api.v1.GetPlanRequest;
import dev.plancheck.api.v1.ListPlanCheckRunEventsRequest;
import dev.plancheck.api.v1.ListPlanCheckRunEventsResponse;
import dev.plancheck.api.v1.ListPlanCheckRunResultsRequest;
import dev.plancheck.api.v1.ListPlanCheckRunResultsResponse;
import dev.plancheck.api.v1.ListPlanCheckRunsRequest;
import dev.plancheck.api.v1.ListPlanCheckRunsResponse;
import dev.plancheck.api.v1.ListPlansRequest;
import dev.plancheck.api.v1.ListPlansResponse;
import dev.plancheck.api.v1.Plan;
import dev.plancheck.api.v1.PlanCheckRun;
import dev.plancheck.api.v1.PlanServiceGrpc.PlanServiceImplBase;
import dev.plancheck.api.v1.RunPlanChecksRequest;
import dev.plancheck.api.v1.UpdatePlanRequest;
import dev.plancheck.api.v1.WatchPlanCheckRunRequest;
import dev.plancheck.api.v1.WatchPlanCheckRunResponse;
import io.grpc.stub.StreamObserver;

/// The one service of plans and their runs: each call goes to the class that answers it.
public final class PlanApi extends PlanServiceImplBase {
  private final PlanCalls plans;
  private final RunCalls runs;

  public PlanApi(PlanCalls plans, RunCalls runs) {
    this.plans = plans;
    this.runs = runs;
  }

  @Override
  public void createPlan(CreatePlanRequest request, StreamObserver<Plan> observer) {
    Answers.answer(observer, () -> plans.create(request));
  }

  @Override
  public void getPlan(GetPlanRequest request, StreamObserver<Plan> observer) {
    Answers.answer(observer, () -> plans.get(request));
  }

  @Override
  public void listPlans(ListPlansRequest request, StreamObserver<ListPlansResponse> observer) {
    Answers.answer(observer, () -> plans.list(request));
  }

  @Override
  public void updatePlan(UpdatePlanRequest request, StreamObserver<Plan> observer) {
    Answers.answer(observer, () -> plans.update(request));
  }

  @Override
  public void runPlanChecks(RunPlanChecksRequest request, StreamObserver<PlanCheckRun> observer) {
    Answers.answer(observer, () -> runs.start(request));
  }

  @Override
  public void getPlanCheckRun(
      GetPlanCheckRunRequest request, StreamObserver<PlanCheckRun> observer) {
    Answers.answer(observer, () -> runs.get(request));
  }

  @Override
  public void listPlanCheckRuns(
      ListPlanCheckRunsRequest request, StreamObserver<ListPlanCheckRunsResponse> observer) {
    Answers.answer(observer, () -> runs.list(request));
  }

  @Override
  public void cancelPlanCheckRun(
      CancelPlanCheckRunRequest request, StreamObserver<PlanCheckRun> observer) {
    Answers.answer(observer, () -> runs.cancel(request));
  }

  @Override
  public void listPlanCheckRunResults(
      ListPlanCheckRunResultsRequest request,
      StreamObserver<ListPlanCheckRunResultsResponse> observer) {
    Answers.answer(observer, () -> runs.results(request));
  }

  @Override
  public void listPlanCheckRunEvents(
      ListPlanCheckRunEventsRequest request,
      StreamObserver<ListPlanCheckRunEventsResponse> observer) {
    Answers.answer(observer, () -> runs.events(request));
  }

  @Override
  public void watchPlanCheckRun(
      WatchPlanCheckRunRequest request, StreamObserver<WatchPlanCheckRunResponse> observer) {
    runs.watch(request, observer);
  }
}
