// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.server.http;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import dev.plancheck.api.v1.BatchCancelLegacyPlanCheckRunsRequest;
import dev.plancheck.api.v1.LegacyPlanCheckRun;
import dev.plancheck.api.v1.LegacyPlanCheckRunServiceGrpc.LegacyPlanCheckRunServiceBlockingStub;
import dev.plancheck.api.v1.ListLegacyPlanCheckRunsRequest;
import dev.plancheck.api.v1.ListLegacyPlanCheckRunsResponse;
import dev.plancheck.checks.contract.Samples;
import dev.plancheck.checks.plan.DatabaseName;
import dev.plancheck.checks.plan.PlanName;
import dev.plancheck.checks.plan.Project;
import dev.plancheck.checks.plan.Spec.ChangeDatabase;
import dev.plancheck.checks.plan.Targets;
import dev.plancheck.checks.planner.PlannedChecks;
import dev.plancheck.checks.run.CheckTarget;
import dev.plancheck.checks.run.CheckType;
import dev.plancheck.checks.run.CheckedTarget;
import dev.plancheck.checks.run.Result;
import dev.plancheck.checks.run.RunOrder;
import dev.plancheck.checks.run.ShardKey;
import dev.plancheck.checks.run.Shards.Claim;
import dev.plancheck.checks.summary.AffectedRows;
import dev.plancheck.checks.summary.SummaryReport;
import dev.plancheck.engine.review.Finding;
import dev.plancheck.engine.review.Status;
import dev.plancheck.engine.text.Position;
import dev.plancheck.engine.text.TextRange;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/// A plan at work in a project of its own, and the calls of an old client about it: one database is
/// checked, one cannot be reached, one is not reached yet, with three types each. Its runs are
/// numbered from 1 by this class, whatever their uids are.
final class LegacyStory {
  final PlanName plan;
  final String sheet;
  private final MemoryServer server;
  private final long before;

  LegacyStory(MemoryServer server, String project) {
    this.server = server;
    server.memory.projects().create(new Project(project, "Shop", Project.Settings.DEFAULT));
    server.memory.instances().create(Samples.instance("pg-" + project, "production"));
    var names = Samples.databases("pg-" + project, 3);
    server
        .memory
        .databases()
        .sync(
            "pg-" + project,
            names.stream().map(DatabaseName::database).collect(Collectors.toSet()));
    sheet = server.memory.sheets().put("CREATE INDEX book_title ON book (title);").sha256();
    plan = server.memory.plans().create(project, "An index", List.of(spec(names)), "ann").name();
    check();
    before = first() - 1;
  }

  private ChangeDatabase spec(List<DatabaseName> targets) {
    return new ChangeDatabase(
        "change",
        sheet,
        null,
        ChangeDatabase.Type.MIGRATE,
        Targets.of(targets),
        false,
        true,
        new TreeMap<>());
  }

  private long first() {
    var name = list("").getPlanCheckRuns(0).getName();
    return Long.parseLong(name.substring(name.lastIndexOf('/') + 1));
  }

  void check() {
    if (!(server.checks().runs().plan(plan) instanceof PlannedChecks.Checks(var config))) {
      throw new AssertionError("there is nothing to check");
    }
    // Nobody takes it: the queue is only told of runs that were started over the API.
    var run = server.memory.runs().enqueue(plan, RunOrder.whole(config, 1_000, "users/ann"));
    var claim =
        server.memory.shards().claim(new ShardKey(run.id(), run.attempt(), 0)).orElseThrow();
    append(claim, 0, found(config.toCheck().get(0)));
    append(claim, 1, away(config.toCheck().get(1)));
  }

  private void append(Claim claim, int place, List<Result> results) {
    assertThat(server.memory.shards().append(claim, List.of(new CheckedTarget(place, results))))
        .isTrue();
  }

  private static List<Result> found(CheckTarget target) {
    var place = new TextRange(new Position(1, 8), new Position(2, 1));
    var advise = CheckType.STATEMENT_ADVISE;
    return List.of(
        Result.performed(
            target,
            advise,
            new Finding(
                "index.create-without-concurrently",
                Status.WARNING,
                "Blocks writers",
                "Build it concurrently.",
                place),
            null),
        Result.performed(
            target,
            advise,
            new Finding("legacy.201", Status.ERROR, "No table", "book is missing.", null),
            null),
        Result.performed(
            target,
            CheckType.STATEMENT_SUMMARY_REPORT,
            Finding.OK,
            new SummaryReport(
                "print",
                List.of("UPDATE", "ALTER TABLE"),
                List.of(),
                new AffectedRows(AffectedRows.Method.ESTIMATED, 42L, ""))),
        Result.performed(target, CheckType.GHOST_SYNC, Finding.OK, null));
  }

  private static List<Result> away(CheckTarget target) {
    return target.types().stream()
        .map(type -> Result.notPerformed(target, type, "connection refused"))
        .toList();
  }

  String path(String query) {
    return "/v1/%s/planCheckRuns%s".formatted(plan, query);
  }

  /// The name of the n-th run.
  String name(long number) {
    return "%s/planCheckRuns/%d".formatted(plan, before + number);
  }

  long number(LegacyPlanCheckRun run) {
    return Long.parseLong(run.getName().substring(run.getName().lastIndexOf('/') + 1)) - before;
  }

  List<Long> numbers(String query) {
    return list(query).getPlanCheckRunsList().stream().map(this::number).toList();
  }

  HttpResponse<String> get(String query) {
    return server.get(path(query));
  }

  ListLegacyPlanCheckRunsResponse list(String query) {
    return read(get(query), ListLegacyPlanCheckRunsResponse.newBuilder()).build();
  }

  static <T extends Message.Builder> T read(HttpResponse<String> answer, T message) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    try {
      JsonFormat.parser().merge(answer.body(), message);
      return message;
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(answer.body(), e);
    }
  }

  HttpResponse<String> cancel(long... numbers) {
    return cancel(LongStream.of(numbers).mapToObj(this::name).toList());
  }

  HttpResponse<String> cancel(List<String> names) {
    return server.post(
        path(":batchCancel"),
        "{\"planCheckRuns\":[%s]}"
            .formatted(names.stream().map("\"%s\""::formatted).collect(joining(","))));
  }

  BatchCancelLegacyPlanCheckRunsRequest cancelRequest(long number) {
    return BatchCancelLegacyPlanCheckRunsRequest.newBuilder()
        .setParent(plan.toString())
        .addPlanCheckRuns(name(number))
        .build();
  }

  ListLegacyPlanCheckRunsRequest.Builder request() {
    return ListLegacyPlanCheckRunsRequest.newBuilder().setParent(plan.toString());
  }

  LegacyPlanCheckRunServiceBlockingStub grpc() {
    return server.grpc(LegacyPlanCheckRunServiceBlockingStub.class);
  }
}
