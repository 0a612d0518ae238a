// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.server.http;

import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.sse.ServerSentEvent;
import com.linecorp.armeria.common.stream.StreamMessage;
import com.linecorp.armeria.common.stream.StreamWriter;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import com.linecorp.armeria.server.streaming.ServerSentEvents;
import dev.plancheck.api.v1.PlanServiceGrpc;
import dev.plancheck.api.v1.WatchPlanCheckRunRequest;
import dev.plancheck.api.v1.WatchPlanCheckRunResponse;
import dev.plancheck.checks.ApiException;
import dev.plancheck.checks.plan.PlanName;
import dev.plancheck.checks.run.PlanCheckRun;
import dev.plancheck.server.access.AccessControl;
import dev.plancheck.server.failure.Failures;
import dev.plancheck.server.mapping.RunToProto;
import dev.plancheck.server.watch.Follower;
import dev.plancheck.server.watch.RunWatches;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/// A run's progress as server-sent events: `run` for each state, `end` behind the final one. An
/// event's id names the state; a browser that comes back with the id of the final state is told
/// 204, which ends its attempts.
final class RunEvents implements HttpService {
  /// Where it is served; the same path as the stream's in the proto.
  static final String PATH = "regex:^/v1/(?<run>projects/[^/]+/plans/[^/]+/planCheckRun):watch$";

  private static final Duration RETRY = Duration.ofSeconds(2);

  private final RunWatches watches;
  private final AccessControl access;

  RunEvents(RunWatches watches, AccessControl access) {
    this.watches = watches;
    this.access = access;
  }

  @Override
  public HttpResponse serve(ServiceRequestContext context, HttpRequest request) {
    var lastSeen = request.headers().get("last-event-id", "");
    var answer =
        CompletableFuture.supplyAsync(
            () -> {
              requireReader(context, request);
              return start(context, plan(context), lastSeen);
            },
            context.blockingTaskExecutor());
    return HttpResponse.of(answer);
  }

  /// Who may follow the stream may follow the events: it is the same row of the table.
  private void requireReader(ServiceRequestContext context, HttpRequest request) {
    var asked =
        WatchPlanCheckRunRequest.newBuilder()
            .setName(String.valueOf(context.pathParam("run")))
            .build();
    var _ =
        access.require(PlanServiceGrpc.getWatchPlanCheckRunMethod(), request.headers()::get, asked);
  }

  private HttpResponse start(ServiceRequestContext context, PlanName plan, String lastSeen) {
    var run = watches.current(plan);
    if (run.status().isFinal() && id(run).equals(lastSeen)) {
      return HttpResponse.of(HttpStatus.NO_CONTENT);
    }
    context.clearRequestTimeout();
    var events = StreamMessage.<ServerSentEvent>streaming();
    var watch = watches.follow(plan, new Events(events));
    var _ = events.whenComplete().whenComplete((_, _) -> watch.close());
    return ServerSentEvents.fromPublisher(events);
  }

  private static PlanName plan(ServiceRequestContext context) {
    var name = String.valueOf(context.pathParam("run"));
    try {
      return PlanName.parse(name.substring(0, name.lastIndexOf('/')));
    } catch (IllegalArgumentException e) {
      throw ApiException.invalid("name", String.valueOf(e.getMessage()));
    }
  }

  private static String id(PlanCheckRun run) {
    var time = run.times().updatedAt();
    return "%d-%d-%s-%d%06d"
        .formatted(
            run.id(), run.attempt(), run.status(), time.getEpochSecond(), time.getNano() / 1_000);
  }

  private record Events(StreamWriter<ServerSentEvent> events) implements Follower {
    @Override
    public boolean isOpen() {
      return events.isOpen();
    }

    @Override
    public boolean isReady() {
      return events.whenConsumed().isDone();
    }

    @Override
    public void changed(PlanCheckRun run) {
      var message =
          WatchPlanCheckRunResponse.newBuilder().setPlanCheckRun(RunToProto.run(run)).build();
      write(
          ServerSentEvent.builder()
              .id(id(run))
              .event("run")
              .retry(RETRY)
              .data(StrictJson.print(message))
              .build());
    }

    @Override
    public void unchanged() {
      write(ServerSentEvent.ofComment("still there"));
    }

    @Override
    public void ended() {
      write(ServerSentEvent.builder().event("end").data("{}").build());
      events.close();
    }

    @Override
    public void failed(RuntimeException cause) {
      write(
          ServerSentEvent.builder()
              .event("error")
              .data(StrictJson.print(Failures.of(cause).toBuilder().clearDetails().build()))
              .build());
      events.close();
    }

    /// False means that the caller left, which [#isOpen] tells next.
    private void write(ServerSentEvent event) {
      var _ = events.tryWrite(event);
    }
  }
}
