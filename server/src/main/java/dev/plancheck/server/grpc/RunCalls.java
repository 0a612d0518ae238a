// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.server.grpc;

import dev.plancheck.api.v1.CancelPlanCheckRunRequest;
import dev.plancheck.api.v1.GetPlanCheckRunRequest;
import dev.plancheck.api.v1.ListPlanCheckRunResultsRequest;
import dev.plancheck.api.v1.ListPlanCheckRunResultsResponse;
import dev.plancheck.api.v1.ListPlanCheckRunsRequest;
import dev.plancheck.api.v1.ListPlanCheckRunsResponse;
import dev.plancheck.api.v1.PlanCheckRun;
import dev.plancheck.api.v1.RunPlanChecksRequest;
import dev.plancheck.api.v1.WatchPlanCheckRunRequest;
import dev.plancheck.api.v1.WatchPlanCheckRunResponse;
import dev.plancheck.checks.ApiException;
import dev.plancheck.checks.plan.Projects;
import dev.plancheck.checks.run.RunService;
import dev.plancheck.checks.run.Runs;
import dev.plancheck.server.mapping.Names;
import dev.plancheck.server.mapping.Page;
import dev.plancheck.server.mapping.PageToken;
import dev.plancheck.server.mapping.RunFromProto;
import dev.plancheck.server.mapping.RunToProto;
import dev.plancheck.server.watch.RunWatches;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.Set;
import java.util.stream.Collectors;

/// Calls about runs and their results.
public final class RunCalls {
  private final Projects projects;
  private final Runs runs;
  private final RunService service;
  private final RunWatches watches;
  private final ResultLists results;

  public RunCalls(Projects projects, Runs runs, RunService service, RunWatches watches) {
    this.projects = projects;
    this.runs = runs;
    this.service = service;
    this.watches = watches;
    this.results = new ResultLists(runs);
  }

  PlanCheckRun start(RunPlanChecksRequest request) {
    requireWholePlan("spec_ids", request.getSpecIdsCount());
    requireWholePlan("targets", request.getTargetsCount());
    return RunToProto.run(service.start(Names.plan(request.getName())));
  }

  /// Silently checking everything, or only a part and calling it the plan's run, would both be
  /// lies.
  private static void requireWholePlan(String field, int count) {
    if (count > 0) {
      throw ApiException.invalid(
          field,
          "%s: %d given (expected: none; this version checks whole plans only)"
              .formatted(field, count));
    }
  }

  PlanCheckRun get(GetPlanCheckRunRequest request) {
    return RunToProto.run(watches.current(Names.planOfRun(request.getName())));
  }

  ListPlanCheckRunsResponse list(ListPlanCheckRunsRequest request) {
    var token = PageToken.of(request);
    var page = Page.of(request.getPageSize(), 50);
    var after = token.readNumber(request.getPageToken(), 0);
    var query =
        new Runs.Query(
            Names.projectId(request.getParent()).equals(Names.ANY)
                ? null
                : ProjectApi.existing(projects, request.getParent()).id(),
            request.getPlansList().stream().map(Names::plan).collect(Collectors.toSet()),
            Set.copyOf(request.getUidsList()),
            RunFromProto.runStatuses(request.getStatusesList()),
            RunFromProto.statuses(request.getResultStatusesList()),
            page.limit(),
            after);
    var found = runs.list(query);
    return ListPlanCheckRunsResponse.newBuilder()
        .addAllPlanCheckRuns(page.of(found).stream().map(RunToProto::run).toList())
        .setNextPageToken(page.next(found, token, run -> Long.toString(run.id())))
        .build();
  }

  PlanCheckRun cancel(CancelPlanCheckRunRequest request) {
    return RunToProto.run(service.cancel(Names.planOfRun(request.getName())));
  }

  /// The token holds the number of results before the page; its question holds the state of the
  /// record, so that pages of two attempts are never mixed.
  ListPlanCheckRunResultsResponse results(ListPlanCheckRunResultsRequest request) {
    var run = watches.current(Names.planOfRun(request.getParent()));
    var token = PageToken.of(request, run.id(), run.attempt(), run.times().updatedAt());
    var page = Page.of(request.getPageSize(), 100);
    var filter = RunFromProto.filter(request);
    var matching = results.of(run).stream().filter(filter::matches).toList();
    var from = (int) Math.min(token.readNumber(request.getPageToken(), 0), matching.size());
    var to = Math.min(from + page.size(), matching.size());
    var project = run.plan().project();
    return ListPlanCheckRunResultsResponse.newBuilder()
        .addAllResults(
            matching.subList(from, to).stream()
                .map(result -> RunToProto.result(project, result))
                .toList())
        .setNextPageToken(to == matching.size() ? "" : token.write(Integer.toString(to)))
        .setTotalSize(matching.size())
        .build();
  }

  void watch(WatchPlanCheckRunRequest request, StreamObserver<WatchPlanCheckRunResponse> observer) {
    var stream = (ServerCallStreamObserver<WatchPlanCheckRunResponse>) observer;
    var watch = watches.follow(Names.planOfRun(request.getName()), new StreamFollower(stream));
    stream.setOnCancelHandler(watch::close);
  }
}
