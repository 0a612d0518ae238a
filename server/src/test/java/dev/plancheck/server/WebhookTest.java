// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plancheck.api.v1.ListWebhookDeliveriesResponse;
import dev.plancheck.api.v1.Plan;
import dev.plancheck.api.v1.PlanCheckRun;
import dev.plancheck.api.v1.Project;
import dev.plancheck.api.v1.Sheet;
import dev.plancheck.api.v1.Webhook;
import dev.plancheck.api.v1.WebhookDelivery;
import dev.plancheck.api.v1.WebhookDelivery.State;
import dev.plancheck.checks.run.RunSettings;
import dev.plancheck.server.webhook.Receiver;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// From the end of a run to a receiver, over a whole server.
@Timeout(120)
final class WebhookTest {
  private static final AtomicInteger PROJECTS = new AtomicInteger();

  @SuppressWarnings("NullAway") // Set before all tests.
  private static LiveServer live;

  private final String project = "shop-" + PROJECTS.incrementAndGet();
  private final String hooks = "/v1/projects/%s/webhooks".formatted(project);

  @BeforeAll
  static void start() throws IOException {
    live =
        new LiveServer(
            RunSettings.DEFAULT, Map.of("PLANCHECK_PRIVATE_WEBHOOKS", "allowed", "PW", "x"));
    live.rest.post(
        "/v1/instances?instanceId=away",
        "{\"engine\":\"POSTGRESQL\",\"host\":\"127.0.0.1\",\"port\":1,\"user\":\"x\",\"password\":{\"env\":\"PW\"},\"environment\":\"production\"}",
        dev.plancheck.api.v1.Instance.getDefaultInstance());
    live.server.ports().databases().sync("away", Set.of("shop"));
  }

  @AfterAll
  static void stop() {
    live.close();
  }

  @BeforeEach
  void createProject() {
    live.rest.post("/v1/projects?projectId=" + project, "{}", Project.getDefaultInstance());
  }

  private Webhook webhook(Receiver receiver, String path) {
    return live.rest.post(
        hooks + "?webhookId=chat",
        "{\"url\":\"%s%s\",\"events\":[\"RUN_FINISHED\"]}".formatted(receiver.url(), path),
        Webhook.getDefaultInstance());
  }

  private void runToTheEnd() {
    var sheet =
        live.rest.post(
            "/v1/projects/%s/sheets".formatted(project),
            "{\"content\":\"select 1\"}",
            Sheet.getDefaultInstance());
    var plan =
        live.rest.post(
            "/v1/projects/%s/plans".formatted(project),
            "{\"title\":\"x\",\"specs\":[{\"changeDatabaseConfig\":{\"sheet\":\"%s\",\"targets\":[\"instances/away/databases/shop\"]}}]}"
                .formatted(sheet.getName()),
            Plan.getDefaultInstance());
    live.rest.post(
        "/v1/%s:runPlanChecks".formatted(plan.getName()), "{}", PlanCheckRun.getDefaultInstance());
  }

  private List<WebhookDelivery> deliveries() {
    return live.rest
        .get(hooks + "/chat/deliveries", ListWebhookDeliveriesResponse.getDefaultInstance())
        .getDeliveriesList();
  }

  private WebhookDelivery awaitEnd() throws InterruptedException {
    while (deliveries().isEmpty() || deliveries().getFirst().getState() == State.PENDING) {
      Thread.sleep(50);
    }
    return deliveries().getFirst();
  }

  @Test
  void theEndOfARunComesSignedAndAgainUntilItIsAccepted() throws Exception {
    try (var receiver = new Receiver().answering(500)) {
      var webhook = webhook(receiver, "/t0p-secret");
      assertThat(webhook.getSigningSecret()).startsWith("whsec_");
      runToTheEnd();

      var first = receiver.next();
      var second = receiver.next();

      assertThat(second.id()).isEqualTo(first.id());
      assertThat(second.body()).isEqualTo(first.body());
      assertThat(first.isSignedBy(webhook.getSigningSecret())).isTrue();
      assertThat(second.isSignedBy(webhook.getSigningSecret())).isTrue();
      assertThat(first.path()).isEqualTo("/t0p-secret");
      assertThat(first.body())
          .contains(
              "\"type\":\"RUN_FINISHED\"", "\"plan\":\"projects/%s/plans/1\"".formatted(project))
          .contains("\"verdict\":\"INCOMPLETE\"");
      var ended = awaitEnd();
      assertThat(ended.getState()).isEqualTo(State.DELIVERED);
      assertThat(ended.getAttempts()).isEqualTo(2);
      assertThat(ended.getStatus()).isEqualTo(204);
      assertThat(ended.getId()).isEqualTo(first.id());
    }
  }

  @Test
  void whatWasNotSentWhenTheServerStoppedIsSentByTheNext() throws Exception {
    int port;
    String secret;
    try (var receiver = new Receiver()) {
      port = receiver.port();
      secret = webhook(receiver, "/").getSigningSecret();
    }
    runToTheEnd();
    while (deliveries().isEmpty() || deliveries().getFirst().getAttempts() == 0) {
      Thread.sleep(50);
    }
    assertThat(deliveries().getFirst().getError()).startsWith("no connection");

    live = live.restarted();
    try (var receiver = new Receiver(port)) {
      var heard = receiver.next();
      assertThat(heard.isSignedBy(secret)).isTrue();
      assertThat(heard.id()).isEqualTo(awaitEnd().getId());
    }
  }

  @Test
  void aWebhookIsReadChangedAndDeletedWithoutItsSecret() throws Exception {
    try (var receiver = new Receiver()) {
      var created = webhook(receiver, "/");
      var read = live.rest.get("/v1/" + created.getName(), Webhook.getDefaultInstance());
      assertThat(read).isEqualTo(created.toBuilder().clearSigningSecret().build());

      var changed =
          live.rest.patch(
              "/v1/" + created.getName() + "?updateMask=disabled,title",
              "{\"disabled\":true,\"title\":\"Chat\"}",
              Webhook.getDefaultInstance());
      assertThat(changed.getUrl()).isEqualTo(created.getUrl());
      assertThat(changed.getDisabled()).isTrue();
      runToTheEnd();
      assertThat(live.rest.send("GET", hooks, "").body()).contains("\"title\":\"Chat\"");

      assertThat(live.rest.send("DELETE", "/v1/" + created.getName(), "").statusCode())
          .isEqualTo(200);
      assertThat(live.rest.send("GET", "/v1/" + created.getName(), "").statusCode()).isEqualTo(404);
      assertThat(live.rest.send("DELETE", "/v1/" + created.getName(), "").statusCode())
          .isEqualTo(404);
      // JSON escapes what pads the base64 at its end.
      assertThat(String.join("\n", live.rest.answers()))
          .containsOnlyOnce(created.getSigningSecret().replace("=", ""));
    }
  }

  @Test
  void wrongWebhooksAreRefused() {
    for (var wrong :
        new String[] {
          "{\"url\":\"ftp://x\"}",
          "{\"url\":\"\"}",
          "{\"url\":\"https://e.com\",\"events\":[\"WEBHOOK_EVENT_UNSPECIFIED\"]}",
          "{\"url\":\"https://e.com\",\"events\":[\"RUN_FINISHED\",\"RUN_FINISHED\"]}"
        }) {
      var answer = live.rest.send("POST", hooks + "?webhookId=x", wrong);
      assertThat(answer.statusCode()).as(wrong + answer.body()).isEqualTo(400);
    }
    assertThat(
            live.rest
                .send(
                    "POST",
                    "/v1/projects/nowhere/webhooks?webhookId=x",
                    "{\"url\":\"https://e.com\"}")
                .statusCode())
        .isEqualTo(404);
  }
}
