// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Environments as a caller of the REST face sees them.
final class InventoryRestTest {
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

  private static void assertAnswered(HttpResponse<String> answer, String part) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.body()).contains(part);
  }

  private static void assertRefused(HttpResponse<String> answer, int status, String words) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.body()).contains(words);
  }
}
