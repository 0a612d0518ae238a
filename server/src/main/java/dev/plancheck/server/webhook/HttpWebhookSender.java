// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.server.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.plancheck.checks.notice.Outcome;
import dev.plancheck.checks.notice.Outcome.Accepted;
import dev.plancheck.checks.notice.Outcome.Refused;
import dev.plancheck.checks.notice.Outgoing;
import dev.plancheck.checks.notice.WebhookSender;
import dev.plancheck.server.secret.Vault;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.InstantSource;
import javax.net.ssl.SSLException;

/// Sends over HTTP. Nothing that a receiver answers is kept but its status: what it answers may
/// come from a machine that nobody here should be able to read.
public final class HttpWebhookSender implements WebhookSender, AutoCloseable {
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration ANSWER = Duration.ofSeconds(10);

  /// The status by which a receiver says that it is gone for good.
  private static final int GONE = 410;

  private final WebhookTargets targets;
  private final Vault vault;
  private final InstantSource clock;
  private final String version;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  public HttpWebhookSender(
      WebhookTargets targets, Vault vault, InstantSource clock, String version) {
    this.targets = targets;
    this.vault = vault;
    this.clock = clock;
    this.version = version;
  }

  @Override
  public Outcome send(Outgoing delivery) throws InterruptedException {
    var webhook = delivery.to();
    var secret = vault.unseal(webhook.name(), webhook.sealedSecret());
    if (secret.isEmpty()) {
      return failed("the secret was stored by a server with another key: create the webhook again");
    }
    try {
      var url = URI.create(webhook.url());
      var refusal = targets.refusal(url);
      return refusal.isPresent()
          ? new Refused(0, refusal.get(), true)
          : answered(status(request(url, delivery, secret.get())));
    } catch (IOException e) {
      return failed(words(e));
    }
  }

  private HttpRequest request(URI url, Outgoing delivery, String secret) {
    var second = clock.instant().getEpochSecond();
    return HttpRequest.newBuilder(url)
        .timeout(ANSWER)
        .header("Content-Type", "application/json")
        .header("User-Agent", "plancheck/" + version)
        .header("webhook-id", delivery.id())
        .header("webhook-timestamp", Long.toString(second))
        .header("webhook-signature", Signature.of(secret, delivery.id(), second, delivery.body()))
        .POST(BodyPublishers.ofString(delivery.body(), UTF_8))
        .build();
  }

  /// The body is not read, however long it would be.
  private int status(HttpRequest request) throws IOException, InterruptedException {
    var answer = http.send(request, BodyHandlers.ofInputStream());
    answer.body().close();
    return answer.statusCode();
  }

  private static Outcome answered(int status) {
    if (status >= 200 && status < 300) {
      return new Accepted(status);
    }
    var error = "answered %d (expected: 2xx; redirects are not followed)".formatted(status);
    return new Refused(status, error, status == GONE);
  }

  private static Outcome failed(String error) {
    return new Refused(0, error, false);
  }

  /// Without the address, which may hold a secret.
  private static String words(IOException failure) {
    return switch (failure) {
      case UnknownHostException _ -> "the name of the host is not known";
      case HttpConnectTimeoutException _ ->
          "no connection within %d seconds".formatted(CONNECT.toSeconds());
      case HttpTimeoutException _ -> "no answer within %d seconds".formatted(ANSWER.toSeconds());
      case ConnectException _ -> "no connection: nobody listens, or it is kept away";
      case SSLException _ -> "no TLS connection: the certificate or the protocol does not fit";
      default -> "the connection broke (%s)".formatted(failure.getClass().getSimpleName());
    };
  }

  @Override
  public void close() {
    http.shutdownNow();
    http.close();
  }
}
