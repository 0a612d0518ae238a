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
import dev.plancheck.checks.plan.DatabaseName;
import dev.plancheck.checks.plan.PlanName;
import dev.plancheck.checks.plan.Project;
import dev.plancheck.checks.policy.AppliedPolicies;
import dev.plancheck.checks.run.CheckTarget;
import dev.plancheck.checks.run.CheckType;
import dev.plancheck.checks.run.CheckedTarget;
import dev.plancheck.checks.run.PlanCheckRunConfig;
import dev.plancheck.checks.run.Result;
import dev.plancheck.checks.run.RunOrder;
import dev.plancheck.checks.run.Shard;
import dev.plancheck.checks.run.ShardKey;
import dev.plancheck.checks.run.Shards;
import dev.plancheck.checks.run.Shards.Claim;
import io.grpc.StatusRuntimeException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Following a run, as a gRPC stream and as server-sent events.
@Timeout(60)
final class WatchTest {
  private static final CheckTarget TARGET =
      new CheckTarget(
          new DatabaseName("main", "shop"),
          "",
          "change",
          "0".repeat(64),
          false,
          false,
          false,
          new TreeMap<>(),
          List.of(CheckType.STATEMENT_ADVISE),
          false);
  private static final CheckedTarget CHECKED =
      new CheckedTarget(
          0, List.of(Result.notPerformed(TARGET, CheckType.STATEMENT_ADVISE, "It is away.")));

  private final MemoryServer server = new MemoryServer();
  private final Shards shards = server.memory.shards();
  private PlanName plan = new PlanName("shop", 1);

  @BeforeEach
  void createPlan() {
    server.memory.projects().create(new Project("shop", "Shop", Project.Settings.DEFAULT));
    plan = server.memory.plans().create("shop", "Plan", List.of(), "ann").name();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void aStreamTellsEveryStateAndEndsWithTheRun() {
    var run = enqueue();

    var claim = new Claim(run, 0, plan, new Shard(0, 0, 1), Duration.ZERO, 0);
    var states = new ArrayList<Status>();
    var stream = watch();
    while (stream.hasNext()) {
      var status = stream.next().getPlanCheckRun().getStatus();
      states.add(status);
      if (status == Status.QUEUED) {
        claim = claim(run);
      } else if (status == Status.RUNNING && states.size() == 2) {
        shards.append(claim, List.of(CHECKED));
      } else if (status == Status.RUNNING) {
        shards.complete(claim);
      }
    }

    assertThat(states).containsExactly(Status.QUEUED, Status.RUNNING, Status.RUNNING, Status.DONE);
  }

  @Test
  void aStreamOfAFinishedRunTellsThatStateAndEnds() {
    var run = enqueue();
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
        if (line.startsWith(":") && lines.stream().noneMatch(told -> told.contains("DONE"))) {
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
        .anyMatch(line -> line.contains("\"status\":\"DONE\"") && line.contains("\"doneCount\":1"));
    assertThat(lines).containsSubsequence("event:run", "event:end");
  }

  @Test
  void aBrowserThatHasSeenTheFinalStateIsToldToStayAway() throws IOException {
    var run = enqueue();
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

  private ShardKey enqueue() {
    var config =
        new PlanCheckRunConfig(
            List.of(TARGET), 1, AppliedPolicies.own("p", List.of("prod")), "r", "m");
    var run = server.memory.runs().enqueue(plan, RunOrder.whole(config, 1_000, "ann"));
    return new ShardKey(run.id(), run.attempt(), 0);
  }

  private Claim claim(ShardKey run) {
    return shards.claim(run).orElseThrow();
  }

  private void finish(ShardKey run) {
    var claim = claim(run);
    assertThat(shards.append(claim, List.of(CHECKED))).isTrue();
    assertThat(shards.complete(claim)).isTrue();
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
