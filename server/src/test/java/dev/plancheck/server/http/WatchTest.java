// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.server.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plancheck.api.v1.PlanCheckRun.Status;
import dev.plancheck.api.v1.PlanServiceGrpc.PlanServiceBlockingStub;
import dev.plancheck.api.v1.WatchPlanCheckRunRequest;
import dev.plancheck.api.v1.WatchPlanCheckRunResponse;
import dev.plancheck.checks.plan.PlanName;
import dev.plancheck.checks.plan.Project;
import dev.plancheck.checks.run.PlanCheckRunConfig;
import dev.plancheck.checks.run.RunCounts;
import dev.plancheck.checks.run.RunStatus;
import dev.plancheck.checks.run.Runs;
import io.grpc.StatusRuntimeException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Following a run, as a gRPC stream and as server-sent events.
@Timeout(60)
final class WatchTest {
  private static final RunCounts PLANNED = RunCounts.planned(2, 2);

  private final MemoryServer server = new MemoryServer();
  private final Runs runs = server.memory.runs();
  private PlanName plan = new PlanName("shop", 1);

  @BeforeEach
  void createPlan() {
    server.memory.projects().create(new Project("shop", "Shop", Project.Settings.DEFAULT));
    plan = server.memory.plans().create("shop", "Plan", List.of()).name();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void aStreamTellsEveryStateAndEndsWithTheRun() {
    var run = enqueue();

    var states = new ArrayList<Status>();
    var stream = watch();
    while (stream.hasNext()) {
      var status = stream.next().getPlanCheckRun().getStatus();
      states.add(status);
      if (status == Status.QUEUED) {
        runs.claim(run, 1);
      } else if (status == Status.RUNNING && states.size() == 2) {
        runs.progress(claim(run), PLANNED.withDone(1));
      } else if (status == Status.RUNNING) {
        finish(run);
      }
    }

    assertThat(states).containsExactly(Status.QUEUED, Status.RUNNING, Status.RUNNING, Status.DONE);
  }

  @Test
  void aStreamOfAFinishedRunTellsThatStateAndEnds() {
    var run = enqueue();
    runs.claim(run, 1);
    finish(run);

    var states = new ArrayList<WatchPlanCheckRunResponse>();
    watch().forEachRemaining(states::add);

    assertThat(states).hasSize(1);
    assertThat(states.getFirst().getPlanCheckRun().getStatus()).isEqualTo(Status.DONE);
  }

  @Test
  void aPlanThatWasNeverCheckedIsNotFound() {
    assertThatThrownBy(() -> watch().hasNext())
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            e -> {
              assertThat(e.getStatus().getCode()).isEqualTo(io.grpc.Status.Code.NOT_FOUND);
              assertThat(e.getStatus().getDescription())
                  .isEqualTo("projects/shop/plans/1/planCheckRun does not exist");
            });
    assertThat(server.get(path()).statusCode()).isEqualTo(404);
  }

  @Test
  void whenTheServerStopsAStreamEndsAtOnceAsUnavailable() {
    enqueue();
    var stream = watch();
    assertThat(stream.next().getPlanCheckRun().getStatus()).isEqualTo(Status.QUEUED);

    var before = System.nanoTime();
    server.close();

    assertThatThrownBy(stream::hasNext)
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            e -> assertThat(e.getStatus().getCode()).isEqualTo(io.grpc.Status.Code.UNAVAILABLE));
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(4));
  }

  @Test
  void eventsHaveIdsHeartbeatsAndAnEnd() throws IOException {
    var run = enqueue();

    var lines = new ArrayList<String>();
    try (var events = open("")) {
      var line = events.readLine();
      while (line != null) {
        lines.add(line);
        if (line.startsWith(":") && runs.claim(run, 1).isPresent()) {
          finish(run);
        }
        line = events.readLine();
      }
    }

    assertThat(lines).filteredOn(line -> line.startsWith("id:")).hasSizeBetween(2, 3);
    assertThat(lines).filteredOn(line -> line.equals("event:run")).hasSizeBetween(2, 3);
    assertThat(lines).anyMatch(line -> line.startsWith(":"));
    assertThat(lines)
        .anyMatch(
            line -> line.contains("\"status\":\"QUEUED\"") && line.contains("\"doneCount\":0"))
        .anyMatch(line -> line.contains("\"status\":\"DONE\"") && line.contains("\"doneCount\":2"));
    assertThat(lines).containsSubsequence("event:run", "event:end");
  }

  @Test
  void aBrowserThatHasSeenTheFinalStateIsToldToStayAway() throws IOException {
    var run = enqueue();
    runs.claim(run, 1);
    finish(run);

    String last;
    try (var events = open("")) {
      last =
          events
              .lines()
              .filter(line -> line.startsWith("id:"))
              .map(line -> line.substring(3).strip())
              .reduce("", (_, id) -> id);
    }

    assertThat(last).isNotEmpty();
    assertThat(connect(last).getResponseCode()).isEqualTo(204);
    assertThat(connect(last + "0").getResponseCode()).isEqualTo(200);
  }

  private long enqueue() {
    return runs.enqueue(plan, new PlanCheckRunConfig(List.of(), 1, "p", "r", "m")).id();
  }

  private Runs.Claim claim(long run) {
    return new Runs.Claim(run, plan, 1);
  }

  private void finish(long run) {
    assertThat(runs.finish(claim(run), RunStatus.DONE, PLANNED.withDone(2), List.of(), ""))
        .isTrue();
  }

  private java.util.Iterator<WatchPlanCheckRunResponse> watch() {
    return server
        .grpc(PlanServiceBlockingStub.class)
        .watchPlanCheckRun(
            WatchPlanCheckRunRequest.newBuilder().setName(plan + "/planCheckRun").build());
  }

  private String path() {
    return "/v1/" + plan + "/planCheckRun:watch";
  }

  private BufferedReader open(String lastSeen) throws IOException {
    var connection = connect(lastSeen);
    assertThat(connection.getContentType()).startsWith("text/event-stream");
    return new BufferedReader(new InputStreamReader(connection.getInputStream(), UTF_8));
  }

  private HttpURLConnection connect(String lastSeen) throws IOException {
    var connection = (HttpURLConnection) server.url().resolve(path()).toURL().openConnection();
    connection.setRequestProperty("Accept", "text/event-stream");
    connection.setRequestProperty("Last-Event-ID", lastSeen);
    return connection;
  }
}
