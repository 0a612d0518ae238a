// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.server.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.ProtocolMessageEnum;
import dev.plancheck.api.v1.BatchCancelLegacyPlanCheckRunsRequest;
import dev.plancheck.api.v1.BatchCancelLegacyPlanCheckRunsResponse;
import dev.plancheck.api.v1.FindingStatus;
import dev.plancheck.api.v1.GetLegacyPlanCheckRunRequest;
import dev.plancheck.api.v1.LegacyPlanCheckRun;
import dev.plancheck.api.v1.ListLegacyPlanCheckRunsRequest;
import dev.plancheck.api.v1.ListLegacyPlanCheckRunsResponse;
import dev.plancheck.checks.SettableClock;
import dev.plancheck.checks.target.ScriptedTargets;
import dev.plancheck.engine.review.Policy;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Every call that old clients make, with every filter, status, type and field that they know, over
/// REST and gRPC.
final class LegacyRestTest {
  private static final MemoryServer SERVER =
      MemoryServer.over(
          new ScriptedTargets(),
          Policy.of(List.of()),
          new SettableClock(Instant.parse("2026-01-01T12:00:00Z")));
  private static final AtomicInteger STORIES = new AtomicInteger();
  private static final Pattern NUMBER = Pattern.compile("planCheckRuns/(\\d)\"");

  private final LegacyStory story = new LegacyStory(SERVER, "shop-" + STORIES.incrementAndGet());

  @AfterAll
  static void stop() {
    SERVER.close();
  }

  @Test
  void aPlanAtWorkLooksAsOldClientsKnowIt() throws IOException {
    assertThat(story.get("").body()).isEqualTo(golden("RUNNING"));
  }

  @Test
  void aCanceledPlanLooksAsOldClientsKnowIt() throws IOException {
    assertThat(SERVER.post("/v1/%s/planCheckRun:cancel".formatted(story.plan), "{}").statusCode())
        .isEqualTo(200);

    assertThat(story.get("").body()).isEqualTo(golden("CANCELED"));
  }

  /// The file has the project `shop`, its plan 1, and runs from 1.
  private String golden(String end) throws IOException {
    try (InputStream file =
        LegacyRestTest.class.getResourceAsStream("/golden/legacy-plan-check-runs.json")) {
      var text = new String(Objects.requireNonNull(file).readAllBytes(), UTF_8);
      var lines =
          text.lines()
              .map(String::strip)
              .collect(joining())
              .replace("SHEET", story.sheet)
              .replace("instances/pg/", "instances/pg-%s/".formatted(story.plan.project()))
              .replace("projects/shop/sheets", "projects/%s/sheets".formatted(story.plan.project()))
              .replace("\"END\"", "\"%s\"".formatted(end));
      return NUMBER
          .matcher(lines)
          .replaceAll(match -> "planCheckRuns/%s\"".formatted(uid(Long.parseLong(match.group(1)))))
          .replace("projects/shop/plans/1", story.plan.toString());
    }
  }

  private String uid(long number) {
    var name = story.name(number);
    return name.substring(name.lastIndexOf('/') + 1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '\0',
      textBlock =
          """
          status == "RUNNING"; 7,8,9
          status == "DONE"; 1,2,3
          status == "FAILED"; 4,5,6
          status in ["DONE", "FAILED"]; 1,2,3,4,5,6
          result_status == "SUCCESS"; 2,3
          result_status == "WARNING"; 1
          result_status == "ERROR"; 1,4,5,6
          result_status in ["SUCCESS", "ERROR"]; 1,2,3,4,5,6
          status == "DONE" && result_status == "ERROR"; 1
          status in ["DONE", "RUNNING"] && result_status in ["SUCCESS", "WARNING"]; 1,2,3
          """)
  void everyFilterGivesTheRunsItGave(String filter, String numbers) {
    var path = "?filter=" + URLEncoder.encode(filter, UTF_8);

    assertThat(story.numbers(path).toString().replaceAll("[ \\[\\]]", "")).isEqualTo(numbers);
    assertThat(story.list(path + "&latestOnly=true")).isEqualTo(story.list(path));
    assertThat(story.grpc().listPlanCheckRuns(story.request().setFilter(filter).build()))
        .isEqualTo(story.list(path));
  }

  @Test
  void aWrongFilterIsRefusedWithItsPlace() {
    var answer = story.get("?filter=" + URLEncoder.encode("status == \"QUEUED\"", UTF_8));

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body())
        .contains("line 1, column 11: QUEUED is no such status", "\"field\": \"filter\"");
  }

  @Test
  void pagesGiveEveryRunOnceAndWhatIsWrongFirst() {
    var numbers = new ArrayList<Long>();
    var token = "";
    do {
      var page = story.list("?pageSize=4&latestOnly=true&pageToken=" + token);
      page.getPlanCheckRunsList().forEach(run -> numbers.add(story.number(run)));
      token = page.getNextPageToken();
    } while (!token.isEmpty());

    assertThat(numbers).containsExactly(1L, 4L, 5L, 6L, 7L, 8L, 9L, 2L, 3L);
  }

  @Test
  void aPageTokenOfAnotherQuestionIsRefused() {
    var token = story.list("?pageSize=4").getNextPageToken();

    var other = story.get("?pageSize=4&filter=status%3D%3D%22DONE%22&pageToken=" + token);
    assertThat(other.statusCode()).isEqualTo(400);
    assertThat(other.body()).contains("\"field\": \"pageToken\"");
    assertThat(story.get("?pageSize=-1").statusCode()).isEqualTo(400);
  }

  @Test
  void pagesOfTwoAttemptsAreNotMixed() {
    var token = story.list("?pageSize=4").getNextPageToken();
    var _ = SERVER.checks().runs().cancel(story.plan, "users/ann");
    story.check();

    assertThat(story.get("?pageSize=4&pageToken=" + token).statusCode()).isEqualTo(409);
  }

  @Test
  void oneRunIsReadByItsName() {
    for (var run : story.list("").getPlanCheckRunsList()) {
      var answer = SERVER.get("/v1/" + run.getName());
      var byName = GetLegacyPlanCheckRunRequest.newBuilder().setName(run.getName()).build();

      assertThat(LegacyStory.read(answer, LegacyPlanCheckRun.newBuilder()).build()).isEqualTo(run);
      assertThat(story.grpc().getPlanCheckRun(byName)).isEqualTo(run);
    }
    assertThat(story.get("/4711").statusCode()).isEqualTo(404);
    assertThat(story.get("/0").statusCode()).isEqualTo(400);
    assertThat(SERVER.get("/v1/projects/shop/plans/9/planCheckRuns/1").statusCode()).isEqualTo(404);
  }

  @Test
  void cancelingAnyRunCancelsThePlansRun() {
    var answer = story.cancel(8);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("{}");
    assertThat(story.numbers("?filter=status%3D%3D%22CANCELED%22")).containsExactly(7L, 8L, 9L);
  }

  @Test
  void cancelingOverGrpcIsTheSame() {
    assertThat(story.grpc().batchCancelPlanCheckRuns(story.cancelRequest(8)))
        .isEqualTo(BatchCancelLegacyPlanCheckRunsResponse.getDefaultInstance());
    assertThatThrownBy(() -> story.grpc().batchCancelPlanCheckRuns(story.cancelRequest(8)))
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            e ->
                assertThat(e.getStatus().getCode())
                    .isEqualTo(io.grpc.Status.Code.INVALID_ARGUMENT));
  }

  @Test
  void whatIsNotRunningCannotBeCanceled() {
    var answer = story.cancel(8, 1);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains(story.name(1) + " is DONE (expected: RUNNING)");
    assertThat(story.numbers("?filter=status%3D%3D%22RUNNING%22")).hasSize(3);
  }

  @Test
  void aBatchIsOfOnePlanAndOfAtMostAThousand() {
    var many = LongStream.rangeClosed(1, 1_001).toArray();

    assertThat(story.cancel().statusCode()).isEqualTo(400);
    assertThat(story.cancel(List.of("projects/shop/plans/2/planCheckRuns/8")).statusCode())
        .isEqualTo(404);
    assertThat(story.cancel(List.of(story.plan + "/planCheckRuns/x")).statusCode()).isEqualTo(400);
    assertThat(story.cancel(many).statusCode()).isEqualTo(400);
    assertThat(story.cancel(4_711).statusCode()).isEqualTo(200);
    assertThat(story.numbers("?filter=status%3D%3D%22RUNNING%22")).hasSize(3);
  }

  @Test
  void overGrpcTheAnswersAreTheSame() {
    assertThat(story.grpc().listPlanCheckRuns(story.request().build())).isEqualTo(story.list(""));
    assertThat(story.grpc().listPlanCheckRuns(story.request().setPageSize(4).build()))
        .isEqualTo(story.list("?pageSize=4"));
  }

  @Test
  void fieldsHaveTheNumbersThatOldClientsKnow() {
    assertThat(numbers(LegacyPlanCheckRun.getDescriptor()))
        .containsExactly(
            "name=1",
            "type=3",
            "status=4",
            "target=5",
            "sheet=6",
            "results=7",
            "error=8",
            "create_time=9");
    assertThat(numbers(LegacyPlanCheckRun.Result.getDescriptor()))
        .containsExactly(
            "status=1",
            "title=2",
            "content=3",
            "code=4",
            "sql_summary_report=5",
            "sql_review_report=6");
    assertThat(numbers(LegacyPlanCheckRun.Result.SqlSummaryReport.getDescriptor()))
        .containsExactly("statement_types=2", "affected_rows=3");
    assertThat(numbers(LegacyPlanCheckRun.Result.SqlReviewReport.getDescriptor()))
        .containsExactly("start_position=5", "end_position=6");
    assertThat(numbers(ListLegacyPlanCheckRunsRequest.getDescriptor()))
        .containsExactly("parent=1", "page_size=2", "page_token=3", "latest_only=4", "filter=5");
    assertThat(numbers(ListLegacyPlanCheckRunsResponse.getDescriptor()))
        .containsExactly("plan_check_runs=1", "next_page_token=2");
    assertThat(numbers(BatchCancelLegacyPlanCheckRunsRequest.getDescriptor()))
        .containsExactly("parent=1", "plan_check_runs=2");
  }

  @Test
  void valuesHaveTheNumbersThatOldClientsKnow() {
    assertThat(values(LegacyPlanCheckRun.Type.values()))
        .containsExactly(
            "TYPE_UNSPECIFIED=0",
            "DATABASE_STATEMENT_ADVISE=3",
            "DATABASE_STATEMENT_SUMMARY_REPORT=5",
            "DATABASE_GHOST_SYNC=7");
    assertThat(values(LegacyPlanCheckRun.Status.values()))
        .containsExactly("STATUS_UNSPECIFIED=0", "RUNNING=1", "DONE=2", "FAILED=3", "CANCELED=4");
    assertThat(values(FindingStatus.values()))
        .containsExactly("FINDING_STATUS_UNSPECIFIED=0", "SUCCESS=1", "WARNING=2", "ERROR=3");
  }

  private static List<String> numbers(Descriptor message) {
    return message.getFields().stream()
        .map(field -> field.getName() + "=" + field.getNumber())
        .toList();
  }

  private static List<String> values(ProtocolMessageEnum[] constants) {
    return List.of(constants).stream()
        .filter(constant -> !constant.toString().equals("UNRECOGNIZED"))
        .map(constant -> constant + "=" + constant.getNumber())
        .toList();
  }
}
