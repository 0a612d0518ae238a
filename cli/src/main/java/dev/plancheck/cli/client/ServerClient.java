// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.cli.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.plancheck.cli.terminal.CommandException;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.regex.Pattern;

/// Asks one server over REST: JSON objects in, JSON objects out. What goes wrong is a
/// [ServerException]. Redirects are not followed, so that a token stays with the server that it was
/// given for.
public final class ServerClient implements AutoCloseable {
  private static final Duration CONNECT = Duration.ofSeconds(10);

  /// Longer than a server works on one call.
  private static final Duration ANSWER = Duration.ofSeconds(90);

  private static final long MOST_BYTES = 64 << 20;
  private static final Pattern SENDABLE = Pattern.compile("[\\x21-\\x7e]*");

  private final ServerUrl server;
  private final String token;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  private ServerClient(ServerUrl server, String token) {
    this.server = server;
    this.token = token;
  }

  /// An empty `token` is none. `source` names who gave the address, in messages. Throws
  /// [CommandException].
  static ServerClient open(String source, String address, String token) {
    var server = ServerUrl.parse(source, address);
    if (!SENDABLE.matcher(token).matches()) {
      throw CommandException.usage(
          "%s: a character that no token has (expected: pc_ and letters, as it was shown)"
              .formatted(ServerOptions.TOKEN));
    }
    if (!token.isEmpty() && server.isReadableOnTheWay()) {
      throw CommandException.usage(
          "%s: %s is not encrypted, and the token could be read on the way (expected: https://, or 127.0.0.1 through an SSH tunnel)"
              .formatted(source, server));
    }
    return new ServerClient(server, token);
  }

  /// `path` begins with `/v1/`; a query may follow.
  public JsonObject get(String path) {
    return call("GET", path, BodyPublishers.noBody());
  }

  public JsonObject post(String path, JsonObject body) {
    return call("POST", path, BodyPublishers.ofString(body.toString(), UTF_8));
  }

  public JsonObject patch(String path, JsonObject body) {
    return call("PATCH", path, BodyPublishers.ofString(body.toString(), UTF_8));
  }

  public JsonObject delete(String path) {
    return call("DELETE", path, BodyPublishers.noBody());
  }

  private JsonObject call(String method, String path, BodyPublisher body) {
    var request =
        HttpRequest.newBuilder(server.resolve(path))
            .timeout(ANSWER)
            .header("Accept", "application/json")
            .header("Content-Type", "application/json")
            .method(method, body);
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    var answer = send(request.build());
    var json = object(answer);
    if (answer.statusCode() == 200) {
      return json;
    }
    throw refused(answer.statusCode(), json);
  }

  private HttpResponse<String> send(HttpRequest request) {
    try {
      return http.send(request, BodyHandlers.limiting(BodyHandlers.ofString(UTF_8), MOST_BYTES));
    } catch (HttpTimeoutException e) {
      throw ServerException.unreachable(
          "%s did not answer within %d seconds".formatted(server, ANSWER.toSeconds()));
    } catch (IOException e) {
      throw ServerException.unreachable(
          "%s cannot be reached: %s. Is `plancheck serve` running there? --server and %s name another address"
              .formatted(server, reason(e), ServerOptions.SERVER));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw ServerException.unreachable("interrupted while waiting for " + server);
    }
  }

  /// The client's own exceptions often have no message.
  private static String reason(IOException e) {
    var message = e.getMessage();
    return message == null || message.isBlank() ? e.getClass().getSimpleName() : message;
  }

  private JsonObject object(HttpResponse<String> answer) {
    try {
      var json = JsonParser.parseString(answer.body());
      if (json.isJsonObject()) {
        return json.getAsJsonObject();
      }
    } catch (JsonParseException e) {
      // Told below, without the text of a stranger.
    }
    throw ServerException.answered(
        answer.statusCode() == 200 ? 502 : answer.statusCode(),
        "%s answered %d without JSON (expected: a plancheck server)"
            .formatted(server, answer.statusCode()));
  }

  private ServerException refused(int status, JsonObject json) {
    var message = json.get("message");
    var said =
        message != null && message.isJsonPrimitive()
            ? message.getAsString()
            : "%s answered %d without a reason".formatted(server, status);
    return ServerException.answered(status, status == 401 ? said + howToSayWho() : said);
  }

  private String howToSayWho() {
    return token.isEmpty()
        ? ". Set %s to your token".formatted(ServerOptions.TOKEN)
        : ". It was asked with the token in %s".formatted(ServerOptions.TOKEN);
  }

  @Override
  public void close() {
    http.shutdownNow();
    http.close();
  }
}
