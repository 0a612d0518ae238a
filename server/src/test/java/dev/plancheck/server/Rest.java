// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// A caller of the REST face, who remembers every byte that was answered.
final class Rest implements AutoCloseable {
  private final URI server;
  private final List<String> answers = Collections.synchronizedList(new ArrayList<>());
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  Rest(URI server) {
    this.server = server;
  }

  /// An answer that must be 200, as the message that it is.
  <T extends Message> T get(String path, T form) {
    return read(send("GET", path, ""), form);
  }

  <T extends Message> T post(String path, String json, T form) {
    return read(send("POST", path, json), form);
  }

  <T extends Message> T patch(String path, String json, T form) {
    return read(send("PATCH", path, json), form);
  }

  HttpResponse<String> send(String method, String path, String json) {
    var request =
        HttpRequest.newBuilder(URI.create(server + path))
            .timeout(Duration.ofSeconds(60))
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(json))
            .build();
    try {
      var answer = client.send(request, BodyHandlers.ofString());
      answers.add(answer.headers().map().toString());
      answers.add(answer.body());
      return answer;
    } catch (IOException e) {
      throw new IllegalStateException(method + " " + path, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  List<String> answers() {
    return List.copyOf(answers);
  }

  /// Strict: an answer with a field that the message does not have fails.
  private static <T extends Message> T read(HttpResponse<String> answer, T form) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    try {
      var builder = form.newBuilderForType();
      JsonFormat.parser().merge(answer.body(), builder);
      @SuppressWarnings("unchecked") // The builder is that of the form.
      var message = (T) builder.build();
      return message;
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(answer.body(), e);
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
