// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Environments, groups, sheets and releases as a caller of the REST face sees them.
final class InventoryRestTest {
  private static final String GROUPS = "/v1/projects/shop/databaseGroups";

  private static final String RELEASES = "/v1/projects/shop/releases";

  private final MemoryServer server = new MemoryServer();

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void environmentsAreCreatedReorderedRenamedAndDeleted() {
    assertAnswered(
        server.post("/v1/environments?environmentId=canary", "{\"title\": \"Canary\"}"),
        "{\"name\":\"environments/canary\",\"title\":\"Canary\"}");
    assertAnswered(
        server.post(
            "/v1/environments:reorder",
            """
            {"environments": ["environments/test", "environments/staging",
              "environments/canary", "environments/production"]}
            """),
        "\"environments/staging\",\"title\":\"Staging\"},{\"name\":\"environments/canary\"");
    assertAnswered(
        server.patch("/v1/environments/canary", "{\"title\": \"A few\"}"), "\"title\":\"A few\"");
    assertAnswered(server.get("/v1/environments/canary"), "\"title\":\"A few\"");
    assertThat(server.delete("/v1/environments/canary").statusCode()).isEqualTo(200);
    assertRefused(server.get("/v1/environments/canary"), 404, "does not exist");
    assertRefused(server.delete("/v1/environments/canary"), 404, "does not exist");
  }

  @Test
  void environmentsComeInTheirOrderAndInPages() {
    var first = server.get("/v1/environments?pageSize=2");
    assertAnswered(first, "environments/test");
    assertThat(first.body()).doesNotContain("environments/production");
    var token = first.body().replaceFirst("(?s).*\"nextPageToken\":\"([^\"]*)\".*", "$1");

    assertAnswered(
        server.get("/v1/environments?pageSize=2&pageToken=" + token),
        "{\"environments\":[{\"name\":\"environments/production\",\"title\":\"Production\"}],"
            + "\"nextPageToken\":\"\"}");
  }

  @Test
  void mistakesWithEnvironmentsAreNamed() {
    assertRefused(server.post("/v1/environments?environmentId=test", "{}"), 409, "exists already");
    assertRefused(
        server.post("/v1/environments?environmentId=Test", "{}"), 400, "lower-case letters");
    assertRefused(
        server.post("/v1/environments:reorder", "{\"environments\": [\"environments/test\"]}"),
        400,
        "environments/staging is missing (expected: each of environments/test,"
            + " environments/staging, environments/production once)");
  }

  @Test
  void groupsAreCreatedListedChangedAndDeleted() {
    server.post("/v1/projects?projectId=shop", "{}");
    assertAnswered(
        server.post(GROUPS + "?groupId=eu", "{\"title\": \"EU\", \"expression\": \"true\"}"),
        "{\"name\":\"projects/shop/databaseGroups/eu\",\"title\":\"EU\",\"expression\":\"true\"}");
    assertAnswered(
        server.patch(GROUPS + "/eu", "{\"expression\": \"false\"}"), "\"expression\":\"false\"");
    assertAnswered(server.get(GROUPS + "/eu"), "\"title\":\"EU\",\"expression\":\"false\"");
    assertAnswered(server.get(GROUPS), "projects/shop/databaseGroups/eu");
    assertAnswered(
        server.get(GROUPS + "/eu/matchedDatabases"), "{\"databases\":[],\"nextPageToken\":\"\"}");
    assertThat(server.delete(GROUPS + "/eu").statusCode()).isEqualTo(200);
    assertRefused(server.get(GROUPS + "/eu"), 404, "does not exist");
    assertRefused(server.delete(GROUPS + "/eu"), 404, "does not exist");
    assertRefused(server.get(GROUPS + "/eu/matchedDatabases"), 404, "does not exist");
  }

  @Test
  void anExpressionThatDoesNotHoldIsRefusedWithItsPlace() {
    server.post("/v1/projects?projectId=shop", "{}");
    var answer =
        server.post(GROUPS + "?groupId=eu", "{\"expression\": \"resource.environment_id == 1\"}");

    assertRefused(answer, 400, "line 1, column 25: found no matching overload for");
    assertThat(answer.body()).contains("\"field\": \"group.expression\"");
    assertRefused(
        server.post(
            GROUPS + "?groupId=eu", "{\"expression\": \"%s\"}".formatted("x".repeat(2_001))),
        400,
        "2000");
    assertRefused(
        server.post("/v1/projects/none/databaseGroups?groupId=eu", "{\"expression\": \"true\"}"),
        404,
        "projects/none does not exist");
  }

  @Test
  void aSheetIsReadOnlyInAProjectThatCreatedIt() {
    server.post("/v1/projects?projectId=shop", "{}");
    server.post("/v1/projects?projectId=other", "{}");
    var sheet = sheet("shop", "SELECT 1");
    var others = sheet.replace("projects/shop", "projects/other");

    assertAnswered(server.get("/v1/" + sheet), "SELECT 1");
    assertRefused(server.get("/v1/" + others), 404, others + " does not exist");
    assertRefused(
        server.post(
            "/v1/projects/other/plans",
            "{\"specs\": [{\"changeDatabaseConfig\": {\"sheet\": \"%s\"}}]}".formatted(others)),
        400,
        "does not exist in projects/other");
    assertThat(sheet("other", "SELECT 1")).isEqualTo(others);
    assertAnswered(server.get("/v1/" + others), "SELECT 1");
  }

  @Test
  void releasesAreCreatedAndListedAndNamedByPlans() {
    server.post("/v1/projects?projectId=shop", "{}");
    var file =
        "{\"path\": \"%s\", \"version\": \"%s\", \"sheet\": \"" + sheet("shop", "SELECT 1") + "\"}";
    var files =
        "{\"files\": [" + file.formatted("a", "1") + "," + file.formatted("b", "1.1") + "]}";

    assertAnswered(
        server.post(RELEASES + "?releaseId=r1", files), "\"name\":\"projects/shop/releases/r1\"");
    assertAnswered(server.get(RELEASES + "/r1"), "\"version\":\"1.1\"");
    assertAnswered(server.get(RELEASES), "projects/shop/releases/r1");
    assertRefused(server.post(RELEASES + "?releaseId=r1", files), 409, "exists already");
    assertRefused(server.get(RELEASES + "/r2"), 404, "does not exist");
    assertRefused(
        server.post(RELEASES + "?releaseId=r2", files.replace("1.1", "1.0")),
        400,
        "version: 1.0 behind 1");
    assertRefused(
        server.post(RELEASES + "?releaseId=r2", files.replace("1.1", "beta")), 400, "version");
    assertAnswered(
        server.post("/v1/projects/shop/plans", ofRelease("projects/shop/releases/r1")),
        "\"release\":\"projects/shop/releases/r1\"");
    assertRefused(
        server.post("/v1/projects/shop/plans/1:runPlanChecks", "{}"), 400, "nothing to check");
    assertRefused(
        server.post("/v1/projects/shop/plans", ofRelease("projects/shop/releases/r2")),
        400,
        "release: projects/shop/releases/r2 does not exist");
  }

  private static String ofRelease(String release) {
    return "{\"specs\": [{\"changeDatabaseConfig\": {\"release\": \"%s\"}}]}".formatted(release);
  }

  private String sheet(String project, String text) {
    var answer =
        server.post(
            "/v1/projects/%s/sheets".formatted(project), "{\"content\": \"%s\"}".formatted(text));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return answer.body().replaceFirst("(?s).*\"name\":\"([^\"]*)\".*", "$1");
  }

  private static void assertAnswered(HttpResponse<String> answer, String part) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.body()).contains(part);
  }

  private static void assertRefused(HttpResponse<String> answer, int status, String words) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.body()).contains(words);
  }
}
