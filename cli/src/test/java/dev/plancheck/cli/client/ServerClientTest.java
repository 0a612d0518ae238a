// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.cli.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.gson.JsonObject;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.plancheck.cli.terminal.CommandException;
import dev.plancheck.cli.terminal.ExitCode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Calls against a server that says what the test wants.
final class ServerClientTest {
  private static final String TOKEN = "pc_aToken";

  private final List<String> heard = new ArrayList<>();
  private HttpServer server;
  private int status = 200;
  private String answer = "{}";

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    heard.add(
        "%s %s %s %s"
            .formatted(
                exchange.getRequestMethod(),
                exchange.getRequestURI(),
                exchange.getRequestHeaders().getFirst("Authorization"),
                new String(exchange.getRequestBody().readAllBytes(), UTF_8)));
    var bytes = answer.getBytes(UTF_8);
    exchange.getResponseHeaders().add("Location", url() + "/elsewhere");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private ServerClient client() {
    return ServerClient.open("--server", url() + "/", TOKEN);
  }

  private ServerException refusal() {
    try (var client = client()) {
      return catchThrowableOfType(ServerException.class, () -> client.get("/v1/rules"));
    }
  }

  @Test
  void objectsGoOutAndComeInWithTheToken() {
    answer = "{\"name\": \"projects/shop\"}";
    var body = new JsonObject();
    body.addProperty("title", "Grüße");

    try (var client = client()) {
      assertThat(client.get("/v1/projects/shop?x=1").get("name").getAsString())
          .isEqualTo("projects/shop");
      client.post("/v1/projects", body);
      client.delete("/v1/users/ann");
    }

    assertThat(heard)
        .containsExactly(
            "GET /v1/projects/shop?x=1 Bearer pc_aToken ",
            "POST /v1/projects Bearer pc_aToken {\"title\":\"Grüße\"}",
            "DELETE /v1/users/ann Bearer pc_aToken ");
  }

  @Test
  void withoutATokenNoneIsSent() {
    try (var client = ServerClient.open("--server", url(), "")) {
      client.get("/v1/rules");
    }
    assertThat(heard).containsExactly("GET /v1/rules null ");
  }

  @Test
  void aRefusalIsToldInTheWordsOfTheServer() {
    status = 403;
    answer = "{\"code\": 7, \"message\": \"users/ann may not do this\"}";
    assertThat(refusal()).hasMessage("users/ann may not do this");
    assertThat(refusal().exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(refusal().isPassing()).isFalse();
    assertThat(refusal().isNotFound()).isFalse();

    status = 404;
    assertThat(refusal().isNotFound()).isTrue();
  }

  @Test
  void whoIsUnknownIsToldHowToSayWho() {
    status = 401;
    answer = "{\"message\": \"this token is not known\"}";
    assertThat(refusal())
        .hasMessage("this token is not known. It was asked with the token in PLANCHECK_TOKEN");

    try (var nobody = ServerClient.open("--server", url(), "")) {
      assertThatThrownBy(() -> nobody.get("/v1/rules"))
          .hasMessageEndingWith("Set PLANCHECK_TOKEN to your token");
    }
  }

  @Test
  void aServerThatFailsLeavesOpenWhatItWouldHaveSaid() {
    answer = "{\"message\": \"internal error 17\"}";
    status = 500;
    assertThat(refusal().exitCode()).isEqualTo(ExitCode.UNREACHABLE);
    assertThat(refusal().isPassing()).isFalse();

    status = 503;
    assertThat(refusal().exitCode()).isEqualTo(ExitCode.UNREACHABLE);
    assertThat(refusal().isPassing()).isTrue();
  }

  @Test
  void aStrangerIsNotRepeated() {
    answer = "<html>\u001b[2J</html>";
    for (var each : new int[] {200, 404, 502}) {
      status = each;
      assertThat(refusal())
          .hasMessage(
              "%s answered %d without JSON (expected: a plancheck server)".formatted(url(), each));
    }
    status = 200;
    assertThat(refusal().exitCode()).isEqualTo(ExitCode.UNREACHABLE);
  }

  @Test
  void redirectsAreNotFollowed() {
    status = 302;
    assertThat(refusal().exitCode()).isEqualTo(ExitCode.UNREACHABLE);
    assertThat(heard).hasSize(1);
  }

  @Test
  void anAddressWithNobodyIsUnreachable() throws IOException {
    int port;
    try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    try (var client = ServerClient.open("--server", "http://127.0.0.1:" + port, "")) {
      var failure = catchThrowableOfType(ServerException.class, () -> client.get("/v1/rules"));
      assertThat(failure)
          .hasMessageContainingAll("http://127.0.0.1:" + port + " cannot be reached", "--server");
      assertThat(failure.exitCode()).isEqualTo(ExitCode.UNREACHABLE);
      assertThat(failure.isPassing()).isTrue();
    }
  }

  @Test
  void aTokenIsNotSentInTheClear() {
    assertThatThrownBy(() -> ServerClient.open("--server", "http://db.example.com", TOKEN))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining("not encrypted")
        .hasMessageNotContaining(TOKEN);
    ServerClient.open("--server", "https://db.example.com", TOKEN).close();
    ServerClient.open("--server", "http://db.example.com", "").close();
    ServerClient.open("--server", "http://[::1]:8080", TOKEN).close();
  }

  @Test
  void anAddressThatIsNoneIsRefusedWithoutItsSecrets() {
    for (var wrong : List.of("", "8080", "ftp://host", "http://", "http://a b", "http://h?x=1")) {
      assertThatThrownBy(() -> ServerClient.open("PLANCHECK_SERVER", wrong, ""))
          .isInstanceOf(CommandException.class)
          .hasMessageStartingWith("PLANCHECK_SERVER: not an address of a server");
    }
    assertThatThrownBy(() -> ServerClient.open("--server", "http://ann:hush@host", ""))
        .hasMessageContaining("a user or password in the address")
        .hasMessageNotContaining("hush");
    assertThatThrownBy(() -> ServerClient.open("--server", url(), "pc_a\nb"))
        .isInstanceOf(CommandException.class)
        .hasMessageNotContaining("pc_a\n");
  }

  @Test
  void aNameThatCannotBeOneIsRefused() {
    try (var client = client()) {
      assertThatThrownBy(() -> client.get("/v1/projects/my shop"))
          .isInstanceOf(CommandException.class)
          .hasMessageStartingWith("/v1/projects/my shop: Illegal character in path at offset 15");
    }
  }
}
