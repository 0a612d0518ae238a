// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What a caller of the REST face sees, above all when the call is wrong.
final class RestTest {
  private static final MemoryServer SERVER = new MemoryServer();

  @BeforeAll
  static void createProject() {
    assertThat(SERVER.post("/v1/projects?projectId=shop", "{\"title\":\"Shop\"}").statusCode())
        .isEqualTo(200);
  }

  @AfterAll
  static void stop() {
    SERVER.close();
  }

  @Test
  void zerosArePrinted() {
    var answer = SERVER.get("/v1/projects/shop");

    assertThat(answer.headers().firstValue("content-type"))
        .hasValueSatisfying(type -> assertThat(type).startsWith("application/json"));
    assertThat(answer.body())
        .isEqualTo(
            "{\"name\":\"projects/shop\",\"title\":\"Shop\","
                + "\"settings\":{\"samplingSize\":0,\"maximumAge\":\"604800s\",\"allowErrors\":false,"
                + "\"allowSelfApproval\":false,\"automaticRollout\":false}}");
  }

  @Test
  void anUnknownFieldIsRefused() {
    assertRefused(
        SERVER.post("/v1/projects?projectId=other", "{\"titel\":\"Other\"}"),
        400,
        "Cannot find field: titel in message plancheck.v1.Project");
    assertThat(SERVER.get("/v1/projects/other").statusCode()).isEqualTo(404);
  }

  @Test
  void anUnknownQueryParameterIsRefused() {
    assertRefused(
        SERVER.get("/v1/projects?pageSiez=3"),
        400,
        "pageSiez: is no parameter of this call (expected: pageSize, pageToken)");
  }

  @Test
  void aParameterOfAnotherTypeOrGivenTwiceIsRefused() {
    assertRefused(SERVER.get("/v1/projects?pageSize=ten"), 400, "expected: a number");
    assertRefused(SERVER.get("/v1/projects?pageSize=1&pageSize=2"), 400, "given twice");
    assertRefused(
        SERVER.get("/v1/projects/-/planCheckRuns?statuses=DOEN"),
        400,
        "statuses: is not one of [QUEUED, RUNNING, DONE, FAILED, CANCELED]");
  }

  @Test
  void aParameterDoesNotOverwriteThePath() {
    assertRefused(
        SERVER.get("/v1/projects/shop?name=projects/other"), 400, "name: is no parameter");
  }

  @Test
  void queryParametersMayBeInCamelCaseOrAsInTheProto() {
    assertThat(SERVER.get("/v1/projects?pageSize=1").statusCode()).isEqualTo(200);
    assertThat(SERVER.get("/v1/projects?page_size=1").statusCode()).isEqualTo(200);
  }

  @Test
  void brokenConstraintsAreToldAllAtOnceWithTheirFields() {
    var answer = SERVER.post("/v1/projects?projectId=Shop", "{\"settings\":{\"samplingSize\":-1}}");

    assertRefused(answer, 400, "lower-case letters, digits and hyphens");
    assertThat(answer.body())
        .contains("\"field\": \"projectId\"", "\"field\": \"project.settings.samplingSize\"")
        .contains("type.googleapis.com/google.rpc.BadRequest");
  }

  @Test
  void aBodyThatIsNoJsonObjectIsRefused() {
    for (var body : new String[] {"{\"title\":", "[]", "\"text\"", "nonsense"}) {
      assertRefused(SERVER.post("/v1/projects?projectId=other", body), 400, "cannot be read");
    }
    assertRefused(
        SERVER.send(
            SERVER.request("/v1/projects?projectId=other").POST(BodyPublishers.ofString("{}"))),
        400,
        "Content-Type: application/json");
  }

  @Test
  void valuesOfTheWrongTypeAreNotRepeated() {
    var answer =
        SERVER.post(
            "/v1/projects?projectId=other", "{\"settings\":\"my-secret-in-a-wrong-place\"}");

    assertRefused(answer, 400, "Expect message object");
    assertThat(answer.body()).doesNotContain("my-secret");
  }

  @Test
  void textThatIsNotUtf8IsRefusedInsteadOfMended() {
    var latin1 = "{\"content\":\"-- gr\u00fc\u00dfe\"}".getBytes(StandardCharsets.ISO_8859_1);

    assertRefused(
        SERVER.send(
            SERVER.json("/v1/projects/shop/sheets").POST(BodyPublishers.ofByteArray(latin1))),
        400,
        "the body is not UTF-8 at byte 17");
  }

  @Test
  void textInUtf8IsKeptToTheLastByte() {
    var text = "-- gr\u00fc\u00dfe \ud83d\ude00".repeat(20_000);

    var answer = SERVER.post("/v1/projects/shop/sheets", "{\"content\":\"%s\"}".formatted(text));

    assertThat(answer.statusCode()).isEqualTo(200);
    var bytes = text.getBytes(StandardCharsets.UTF_8).length;
    assertThat(answer.body()).contains(text).contains("\"byteCount\":\"%d\"".formatted(bytes));
  }

  @Test
  void aSheetWithNulOrHalfACharacterIsRefusedWithThePlace() {
    assertRefused(
        SERVER.post("/v1/projects/shop/sheets", "{\"content\":\"a\\u0000b\"}"),
        400,
        "sheet.content: has a NUL character at offset 1");
    assertRefused(
        SERVER.post("/v1/projects/shop/sheets", "{\"content\":\"ab\\ud800\"}"),
        400,
        "sheet.content: has half of a surrogate pair at offset 2");
  }

  @Test
  void aSheetThatIsTooLargeIsRefused() {
    var text = "x".repeat((25 << 20) + 1);

    assertRefused(
        SERVER.post("/v1/projects/shop/sheets", "{\"content\":\"%s\"}".formatted(text)),
        400,
        "at most 25 MiB");
  }

  @Test
  void aRequestThatIsTooLargeIsRefused() {
    var answer =
        SERVER.post(
            "/v1/projects/shop/sheets",
            "{\"content\":\"%s\"}".formatted("x".repeat(Limits.MAX_REQUEST_BYTES)));

    assertThat(answer.statusCode()).isIn(413, 429);
    assertThat(answer.body()).contains("at most 34 MiB");
  }

  @Test
  void theLargestSheetGoesThrough() {
    var text = "x".repeat(25 << 20);

    var created = SERVER.post("/v1/projects/shop/sheets", "{\"content\":\"%s\"}".formatted(text));

    assertThat(created.statusCode()).isEqualTo(200);
    assertThat(created.body()).contains("\"byteCount\":\"%d\"".formatted(text.length()));
  }

  @Test
  void whatDoesNotExistIsNotFound() {
    assertRefused(SERVER.get("/v1/projects/nobody"), 404, "projects/nobody does not exist");
    assertRefused(SERVER.get("/v1/nothing"), 404, "there is nothing at this path");
    assertRefused(SERVER.get("/nothing"), 404, "there is nothing at this path");
    assertRefused(
        SERVER.send(SERVER.request("/v1/projects").DELETE()), 405, "does not take this method");
  }

  @Test
  void aDatabasesNameMayHaveSlashesSpacesAndUmlauts() {
    assertRefused(
        SERVER.get("/v1/instances/main/databases/a%2Fb%20%C3%A4"),
        404,
        "instances/main/databases/a/b \u00e4 does not exist");
    assertRefused(
        SERVER.get("/v1/instances/main/databases/a/b"),
        404,
        "instances/main/databases/a/b does not exist");
  }

  @Test
  void anUpdateChangesOnlyWhatItNames() {
    SERVER.post("/v1/projects?projectId=masked", "{\"title\":\"Old\"}");

    assertThat(SERVER.patch("/v1/projects/masked?updateMask=title", "{\"title\":\"New\"}").body())
        .contains("\"title\":\"New\"");
    assertThat(SERVER.patch("/v1/projects/masked", "{\"settings\":{\"samplingSize\":3}}").body())
        .contains("\"title\":\"New\"", "\"samplingSize\":3");
    assertThat(
            SERVER
                .patch(
                    "/v1/projects/masked?updateMask=settings.maximumAge",
                    "{\"settings\":{\"maximumAge\":\"3600s\"}}")
                .body())
        .contains("\"samplingSize\":3", "\"maximumAge\":\"3600s\"");
    assertRefused(
        SERVER.patch("/v1/projects/masked?updateMask=name", "{}"),
        400,
        "update_mask: name (expected: settings, settings.allow_errors,"
            + " settings.allow_self_approval, settings.automatic_rollout, settings.maximum_age,"
            + " settings.sampling_size, title)");
  }

  @Test
  void healthMetricsIndexAndDocsAnswer() {
    assertThat(SERVER.get("/health").body()).contains("\"status\":\"UP\"");
    assertThat(SERVER.get("/metrics").statusCode()).isEqualTo(200);
    assertThat(SERVER.get("/").body()).contains("plancheck test", "/docs/");
    assertThat(SERVER.get("/docs/").statusCode()).isEqualTo(200);
    assertThat(SERVER.get("/docs/specification.json").body())
        .contains("plancheck.v1.PlanService", "/v1/projects");
  }

  private static void assertRefused(HttpResponse<String> answer, int status, String words) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.headers().firstValue("content-type"))
        .hasValueSatisfying(type -> assertThat(type).startsWith("application/json"));
    assertThat(answer.body()).contains("\"code\"", "\"message\"").contains(words);
  }
}
