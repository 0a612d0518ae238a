// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.linecorp.armeria.client.grpc.GrpcClients;
import com.linecorp.armeria.common.HttpHeaderNames;
import dev.plancheck.api.v1.GetProjectRequest;
import dev.plancheck.api.v1.ProjectServiceGrpc.ProjectServiceBlockingStub;
import dev.plancheck.checks.plan.Instance;
import dev.plancheck.engine.Engine;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Who calls, over every face: before there are users, and after.
final class LoginTest {
  private final MemoryServer server = new MemoryServer();

  @BeforeEach
  void createProject() {
    assertThat(server.post("/v1/projects?projectId=shop", "{}").statusCode()).isEqualTo(200);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private HttpResponse<String> get(String path, String token) {
    return server.send(server.request(path).header("Authorization", "Bearer " + token).GET());
  }

  private HttpResponse<String> post(String path, String json, String token) {
    return server.send(
        server
            .json(path)
            .header("Authorization", "Bearer " + token)
            .POST(BodyPublishers.ofString(json)));
  }

  /// Makes the first user, from when on everybody needs a token; returns theirs.
  private String root() {
    assertThat(server.post("/v1/users?userId=root", "{}").statusCode()).isEqualTo(200);
    var granted =
        server.post("/v1/users/root:grantRole", "{\"project\":\"projects/-\",\"role\":\"ADMIN\"}");
    assertThat(granted.statusCode()).isEqualTo(200);
    return secret(server.post("/v1/users/root/tokens", "{}"));
  }

  private String user(String id, String role, String root) {
    assertThat(post("/v1/users?userId=" + id, "{}", root).statusCode()).isEqualTo(200);
    var grant = "{\"project\":\"projects/shop\",\"role\":\"%s\"}".formatted(role);
    assertThat(post("/v1/users/%s:grantRole".formatted(id), grant, root).statusCode())
        .isEqualTo(200);
    return secret(post("/v1/users/%s/tokens".formatted(id), "{}", root));
  }

  private static String secret(HttpResponse<String> created) {
    assertThat(created.statusCode()).as(created.body()).isEqualTo(200);
    return text("secret", created);
  }

  /// The first field of this name.
  private static String text(String field, HttpResponse<String> answer) {
    var found = Pattern.compile("\"%s\":\"([^\"]*)\"".formatted(field)).matcher(answer.body());
    assertThat(found.find()).as(answer.body()).isTrue();
    return found.group(1);
  }

  private static String plan(String sheet) {
    return "{\"title\":\"x\",\"specs\":[{\"changeDatabaseConfig\":{\"sheet\":\"%s\",\"targets\":[\"instances/main/databases/shop\"]}}]}"
        .formatted(sheet);
  }

  private static void assertRefused(HttpResponse<String> answer, int status, String why) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.body()).contains(why);
  }

  @Test
  void beforeThereIsATokenEverybodyOnThisMachineIsTheLocalUser() {
    assertThat(server.get("/v1/caller").body())
        .isEqualTo(
            "{\"user\":\"users/local\",\"roles\":[{\"project\":\"projects/-\",\"role\":\"ADMIN\"}]}");
    assertRefused(server.post("/v1/users?userId=local", "{}"), 400, "expected: another id");
  }

  @Test
  void beforeThereIsATokenNobodyComesThroughAProxy() {
    assertRefused(
        server.send(server.request("/v1/caller").header("X-Forwarded-For", "10.1.2.3").GET()),
        401,
        "this server has no users yet");
  }

  @Test
  void theFirstTokenIsAnAdminsAndLasts() {
    assertThat(server.post("/v1/users?userId=ann", "{}").statusCode()).isEqualTo(200);
    assertRefused(server.post("/v1/users/ann/tokens", "{}"), 400, "must be an ADMIN");

    server.post("/v1/users/ann:grantRole", "{\"project\":\"projects/-\",\"role\":\"ADMIN\"}");
    assertRefused(
        server.post("/v1/users/ann/tokens", "{\"expireTime\":\"2999-01-01T00:00:00Z\"}"),
        400,
        "not expire");
    assertRefused(
        server.post("/v1/users/ann/tokens", "{\"expireTime\":\"2001-01-01T00:00:00Z\"}"),
        400,
        "expected: in the future");
    assertThat(server.get("/v1/caller").statusCode()).isEqualTo(200);
  }

  @Test
  void afterTheFirstTokenOnlyTokensCount() {
    var root = root();

    var answer = server.get("/v1/projects/shop");
    assertRefused(answer, 401, "this call says not who makes it");
    assertThat(answer.headers().firstValue("www-authenticate")).hasValue("Bearer");
    assertThat(get("/v1/projects/shop", root).statusCode()).isEqualTo(200);
    assertThat(get("/v1/caller", root).body()).contains("\"user\":\"users/root\"");
    assertThat(server.get("/health").statusCode()).isEqualTo(200);
    assertThat(server.get("/").statusCode()).isEqualTo(200);
  }

  @Test
  void whatIsNoTokenIsRefusedAndNotRepeated() {
    root();
    for (var wrong : new String[] {"pc_" + "A".repeat(43), "hush-hush", ""}) {
      var answer = get("/v1/caller", wrong);
      assertThat(answer.statusCode()).isEqualTo(401);
      assertThat(answer.body()).doesNotContain("AAAA", "hush");
    }
    assertRefused(
        server.send(server.request("/v1/caller").header("Authorization", "Basic cm9vdDo=").GET()),
        401,
        "takes tokens only");
  }

  @Test
  void streamsAndGrpcAreGuardedBySameTable() {
    var root = root();
    var eve = user("eve", "VIEWER", root);
    var events = "/v1/projects/shop/plans/1/planCheckRun:watch";

    assertRefused(server.get(events), 401, "this call says not who makes it");
    assertThat(get(events, eve).statusCode()).isEqualTo(404);
    assertRefused(
        get("/v1/projects/other/plans/1/planCheckRun:watch", eve), 403, "users/eve may not read");

    var request = GetProjectRequest.newBuilder().setName("projects/shop").build();
    assertThatThrownBy(() -> server.grpc(ProjectServiceBlockingStub.class).getProject(request))
        .hasMessageContaining("UNAUTHENTICATED")
        .hasMessageContaining("this call says not who makes it");
    var known =
        GrpcClients.builder("gproto+" + server.url())
            .setHeader(HttpHeaderNames.AUTHORIZATION, "Bearer " + eve)
            .build(ProjectServiceBlockingStub.class);
    assertThat(known.getProject(request).getName()).isEqualTo("projects/shop");
    assertThatThrownBy(() ->
            known.getProject(GetProjectRequest.newBuilder().setName("projects/other").build()))
        .hasMessageContaining("PERMISSION_DENIED");
  }

  @Test
  void rolesDecideWhatACallerMayDo() {
    var root = root();
    var ann = user("ann", "DEVELOPER", root);
    var eve = user("eve", "SECURITY", root);
    var sheets = "/v1/projects/shop/sheets";

    assertThat(post(sheets, "{\"content\":\"select 1\"}", ann).statusCode()).isEqualTo(200);
    assertRefused(
        post(sheets, "{\"content\":\"select 1\"}", eve),
        403,
        "plancheck users grant eve --role DEVELOPER --project shop");
    assertThat(get("/v1/projects/shop", eve).statusCode()).isEqualTo(200);
    assertRefused(post("/v1/projects?projectId=other", "{}", ann), 403, "the role ADMIN");
    assertRefused(get("/v1/users/eve/tokens", ann), 403, "users/ann may not");
    assertThat(get("/v1/users/ann/tokens", ann).statusCode()).isEqualTo(200);
  }

  @Test
  void whatIsRevokedIsRevokedAtOnce() {
    var root = root();
    var ann = user("ann", "VIEWER", root);
    assertThat(get("/v1/projects/shop", ann).statusCode()).isEqualTo(200);

    post("/v1/users/ann:revokeRole", "{\"project\":\"projects/shop\",\"role\":\"VIEWER\"}", root);
    assertRefused(get("/v1/projects/shop", ann), 403, "users/ann may not read");

    var name = text("name", get("/v1/users/ann/tokens", ann));
    assertThat(post("/v1/%s:revoke".formatted(name), "{}", ann).statusCode()).isEqualTo(200);
    assertRefused(get("/v1/caller", ann), 401, "not valid");
  }

  @Test
  void nobodyLocksEverybodyOut() {
    var root = root();
    assertRefused(
        server.send(
            server.request("/v1/users/root").header("Authorization", "Bearer " + root).DELETE()),
        400,
        "cannot delete themself");
    assertRefused(
        post("/v1/users/root:revokeRole", "{\"project\":\"projects/-\",\"role\":\"ADMIN\"}", root),
        400,
        "cannot give up the role ADMIN");
    var token = text("name", get("/v1/users/root/tokens", root));
    assertRefused(
        post("/v1/%s:revoke".formatted(token), "{}", root), 400, "another one is made first");
  }

  @Test
  void anOwnerOfEveryProjectMakesNoAdmins() {
    var root = root();
    var olga = user("olga", "PROJECT_OWNER", root);
    post(
        "/v1/users/olga:grantRole",
        "{\"project\":\"projects/-\",\"role\":\"PROJECT_OWNER\"}",
        root);

    assertRefused(
        post("/v1/users/olga:grantRole", "{\"project\":\"projects/-\",\"role\":\"ADMIN\"}", olga),
        403,
        "only an ADMIN makes");
    assertRefused(
        post(
            "/v1/users/olga:grantRole", "{\"project\":\"projects/shop\",\"role\":\"ADMIN\"}", root),
        400,
        "ADMIN in projects/-");
  }

  @Test
  void theLogsNameWhoDidIt() {
    var root = root();
    var ann = user("ann", "DEVELOPER", root);
    server
        .memory
        .instances()
        .create(
            new Instance(
                "main",
                "",
                Engine.POSTGRESQL,
                "production",
                "127.0.0.1",
                1,
                "checker",
                new Instance.Secret.None(),
                Instance.TlsMode.DISABLE));
    server.memory.databases().sync("main", Set.of("shop"));
    var sheet = text("name", post("/v1/projects/shop/sheets", "{\"content\":\"select 1\"}", ann));
    assertThat(post("/v1/projects/shop/plans", plan(sheet), ann).statusCode()).isEqualTo(200);

    assertThat(post("/v1/projects/shop/plans/1:runPlanChecks", "{}", ann).statusCode())
        .isEqualTo(200);

    assertThat(get("/v1/projects/shop/plans/1/planCheckRun/events", ann).body())
        .contains("\"actor\":\"users/ann\"");
    assertThat(get("/v1/accessEvents?pageSize=3", root).body())
        .contains("\"actor\":\"users/local\"", "\"detail\":\"ADMIN in projects/-\"");
  }
}
