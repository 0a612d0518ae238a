// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.server.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// A real receiver of webhooks on this machine, that answers what a test wants.
public final class Receiver implements AutoCloseable {
  /// One request as it came.
  public record Heard(
      String path, String id, String timestamp, String signature, String type, String body) {
    /// Whether it was signed with this secret.
    public boolean isSignedBy(String secret) {
      return signature.equals(Signature.of(secret, id, Long.parseLong(timestamp), body));
    }
  }

  private final HttpServer server;
  private final BlockingQueue<Heard> heard = new LinkedBlockingQueue<>();
  private final List<Integer> statuses = new CopyOnWriteArrayList<>();

  public Receiver() throws IOException {
    this(0);
  }

  /// Port 0 takes a free one.
  public Receiver(int port) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  /// The next answers; then it is 204.
  public Receiver answering(Integer... next) {
    statuses.addAll(List.of(next));
    return this;
  }

  private void answer(HttpExchange exchange) throws IOException {
    var headers = exchange.getRequestHeaders();
    heard.add(
        new Heard(
            String.valueOf(exchange.getRequestURI()),
            headers.getFirst("webhook-id"),
            headers.getFirst("webhook-timestamp"),
            headers.getFirst("webhook-signature"),
            headers.getFirst("Content-Type"),
            new String(exchange.getRequestBody().readAllBytes(), UTF_8)));
    var status = statuses.isEmpty() ? 204 : statuses.removeFirst();
    exchange.getResponseHeaders().add("Location", url() + "/elsewhere");
    exchange.sendResponseHeaders(status, -1);
    exchange.close();
  }

  public int port() {
    return server.getAddress().getPort();
  }

  public String url() {
    return "http://127.0.0.1:" + port();
  }

  /// The next request; fails after half a minute.
  public Heard next() throws InterruptedException {
    var next = heard.poll(30, TimeUnit.SECONDS);
    if (next == null) {
      throw new AssertionError("nothing was received");
    }
    return next;
  }

  /// How many requests came that nobody asked for yet.
  public int waiting() {
    return heard.size();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
