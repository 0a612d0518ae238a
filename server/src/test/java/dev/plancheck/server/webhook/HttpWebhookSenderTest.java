// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.server.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plancheck.checks.notice.NoticeEvent;
import dev.plancheck.checks.notice.Outcome;
import dev.plancheck.checks.notice.Outcome.Accepted;
import dev.plancheck.checks.notice.Outcome.Refused;
import dev.plancheck.checks.notice.Outgoing;
import dev.plancheck.checks.notice.Webhook;
import dev.plancheck.server.secret.Vault;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Sending to real receivers.
final class HttpWebhookSenderTest {
  private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);

  @TempDir Path folder;
  private Vault vault;
  private HttpWebhookSender sender;

  @BeforeEach
  void open() throws IOException {
    vault = Vault.open(folder.resolve("key.json"));
    sender = sender(true);
  }

  @AfterEach
  void close() {
    sender.close();
  }

  private HttpWebhookSender sender(boolean all) {
    return new HttpWebhookSender(new WebhookTargets(all), vault, CLOCK, "1.2.3");
  }

  private Outgoing to(String url) {
    var name = Webhook.name("shop", "chat");
    var webhook =
        new Webhook(
            "shop",
            "chat",
            "",
            url,
            Set.of(NoticeEvent.RUN_FINISHED),
            true,
            vault.sealText(name, SECRET));
    return new Outgoing(1, "id-1", webhook, "{\"text\":\"\\u00e9\"}", 0);
  }

  private static String error(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Refused.class);
    return ((Refused) outcome).error();
  }

  @Test
  void theReceiverGetsTheBodySigned() throws Exception {
    try (var receiver = new Receiver()) {
      assertThat(sender.send(to(receiver.url() + "/hook?x=1"))).isEqualTo(new Accepted(204));

      var heard = receiver.next();
      assertThat(heard.path()).isEqualTo("/hook?x=1");
      assertThat(heard.id()).isEqualTo("id-1");
      assertThat(heard.timestamp()).isEqualTo("1767225600");
      assertThat(heard.type()).isEqualTo("application/json");
      assertThat(heard.body()).isEqualTo("{\"text\":\"\\u00e9\"}");
      assertThat(heard.isSignedBy(SECRET)).isTrue();
      assertThat(heard.isSignedBy("whsec_" + "A".repeat(32))).isFalse();
    }
  }

  @Test
  void anythingElseThan2xxIsRefusedAndRedirectsAreNotFollowed() throws Exception {
    try (var receiver = new Receiver().answering(500, 302, 410)) {
      assertThat(sender.send(to(receiver.url())))
          .isEqualTo(
              new Refused(500, "answered 500 (expected: 2xx; redirects are not followed)", false));
      assertThat(error(sender.send(to(receiver.url())))).contains("answered 302");
      assertThat(sender.send(to(receiver.url())))
          .isInstanceOfSatisfying(Refused.class, gone -> assertThat(gone.forGood()).isTrue());
      for (var request = 0; request < 3; request++) {
        assertThat(receiver.next().path()).isEqualTo("/");
      }
      assertThat(receiver.waiting()).isZero();
    }
  }

  @Test
  void nothingIsSentToThisMachineUnlessTheServerAllowsIt() throws Exception {
    try (var receiver = new Receiver();
        var usual = sender(false)) {
      assertThat(error(usual.send(to("https://127.0.0.1:%d/x".formatted(receiver.port())))))
          .contains("not a public address");
      assertThat(error(usual.send(to("https://localhost:%d/x".formatted(receiver.port())))))
          .contains("not a public address");
      assertThat(error(usual.send(to(receiver.url())))).contains("plain HTTP");
      assertThat(receiver.waiting()).isZero();
    }
  }

  @Test
  void whatGoesWrongIsSaidWithoutTheAddress() throws Exception {
    int port;
    try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    assertThat(error(sender.send(to("http://127.0.0.1:%d/hush".formatted(port)))))
        .isEqualTo("no connection: nobody listens, or it is kept away");
    try (var plain = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var _ = Thread.startVirtualThread(() -> answerInTheClear(plain));
      assertThat(
              error(sender.send(to("https://127.0.0.1:%d/hush".formatted(plain.getLocalPort())))))
          .isEqualTo("no TLS connection: the certificate or the protocol does not fit");
    }
    assertThat(error(sender(false).send(to("https://nobody.invalid/hush"))))
        .isEqualTo("the name of the host is not known");
  }

  private static void answerInTheClear(ServerSocket plain) {
    try (var caller = plain.accept()) {
      // The caller speaks first; what comes before that may break its connection in other ways.
      var _ = caller.getInputStream().read();
      caller.getOutputStream().write("this is no TLS\r\n".getBytes(StandardCharsets.UTF_8));
      caller.getInputStream().transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aReceiverThatNeverAnswersIsGivenUpAfterSeconds() throws Exception {
    try (var silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      var before = System.nanoTime();
      assertThat(error(sender.send(to("http://127.0.0.1:%d/".formatted(silent.getLocalPort())))))
          .isEqualTo("no answer within 10 seconds");
      assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(20));
    }
  }

  @Test
  void aSecretOfAnotherKeyIsSaid() throws Exception {
    var foreign = Vault.open(folder.resolve("other.json"));
    var webhook =
        new Webhook(
            "shop",
            "chat",
            "",
            "http://127.0.0.1:1/",
            Set.of(),
            true,
            foreign.sealText(Webhook.name("shop", "chat"), SECRET));

    assertThat(error(sender.send(new Outgoing(1, "id", webhook, "{}", 0))))
        .contains("by a server with another key");
  }
}
