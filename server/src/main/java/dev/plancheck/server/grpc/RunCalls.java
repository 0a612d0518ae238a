// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.server.grpc;

import dev.plancheck.api.v1.CancelPlanCheckRunRequest;
import dev.plancheck.api.v1.GetPlanCheckRunRequest;
import dev.plancheck.api.v1.ListPlanCheckRunEventsRequest;
import dev.plancheck.api.v1.ListPlanCheckRunEventsResponse;
import dev.plancheck.api.v1.ListPlanCheckRunResultsRequest;
import dev.plancheck.api.v1.ListPlanCheckRunResultsResponse;
import dev.plancheck.api.v1.ListPlanCheckRunsRequest;
import dev.plancheck.api.v1.ListPlanCheckRunsResponse;
import dev.plancheck.api.v1.PlanCheckRun;
import dev.plancheck.api.v1.RunPlanChecksRequest;
import dev.plancheck.api.v1.WatchPlanCheckRunRequest;
import dev.plancheck.api.v1.WatchPlanCheckRunResponse;
import dev.plancheck.checks.plan.Projects;
import dev.plancheck.checks.run.RunScope;
import dev.plancheck.checks.run.RunService;
import dev.plancheck.checks.run.Runs;
import dev.plancheck.checks.run.Staleness;
import dev.plancheck.server.access.Callers;
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
  private final ResultPages results;

  public RunCalls(Projects projects, Runs runs, RunService service, RunWatches watches) {
    this.projects = projects;
    this.runs = runs;
    this.service = service;
    this.watches = watches;
    this.results = new ResultPages(runs);
  }

  PlanCheckRun start(RunPlanChecksRequest request) {
    var scope =
        new RunScope(
            request.getSpecIdsList(),
            request.getTargetsList().stream().map(Names::database).toList(),
            request.getFailedOnly());
    return RunToProto.run(
        service.start(Names.plan(request.getName()), scope, Callers.current().name()));
  }

  PlanCheckRun get(GetPlanCheckRunRequest request) {
    var run = watches.current(Names.planOfRun(request.getName()));
    var message = RunToProto.run(run);
    return run.status().isFinal()
        ? message.toBuilder()
            .addAllStaleReasons(
                service.staleness(run.plan()).stream().map(Staleness::words).toList())
            .build()
        : message;
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
    return RunToProto.run(
        service.cancel(Names.planOfRun(request.getName()), Callers.current().name()));
  }

  /// The token holds the number of results before the page. Its question holds the state of a final
  /// record, so that pages of two attempts are never mixed; what a run at work has found so far
  /// only grows.
  ListPlanCheckRunResultsResponse results(ListPlanCheckRunResultsRequest request) {
    var run = watches.current(Names.planOfRun(request.getParent()));
    var state = run.status().isFinal() ? run.times().updatedAt() : "at work";
    var token = PageToken.of(request, run.id(), run.attempt(), state);
    var size = Page.of(request.getPageSize(), 100).size();
    var from = token.readNumber(request.getPageToken(), 0);
    var page = results.page(run, RunFromProto.filter(request), from, size);
    var project = run.plan().project();
    return ListPlanCheckRunResultsResponse.newBuilder()
        .addAllResults(
            page.results().stream().map(found -> RunToProto.result(project, found)).toList())
        .setNextPageToken(page.next().map(next -> token.write(Long.toString(next))).orElse(""))
        .setTotalSize(Math.toIntExact(page.total()))
        .build();
  }

  ListPlanCheckRunEventsResponse events(ListPlanCheckRunEventsRequest request) {
    var run = watches.current(Names.planOfRun(request.getParent()));
    var token = PageToken.of(request);
    var page = Page.of(request.getPageSize(), 100);
    var after = token.readNumber(request.getPageToken(), 0);
    var found = runs.events(run.plan(), after, page.limit());
    return ListPlanCheckRunEventsResponse.newBuilder()
        .addAllEvents(page.of(found).stream().map(RunToProto::event).toList())
        .setNextPageToken(page.next(found, token, event -> Long.toString(event.id())))
        .build();
  }

  void watch(WatchPlanCheckRunRequest request, StreamObserver<WatchPlanCheckRunResponse> observer) {
    var stream = (ServerCallStreamObserver<WatchPlanCheckRunResponse>) observer;
    var watch = watches.follow(Names.planOfRun(request.getName()), new StreamFollower(stream));
    stream.setOnCancelHandler(watch::close);
  }
}
