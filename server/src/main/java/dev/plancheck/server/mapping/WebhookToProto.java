// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.server.mapping;

import dev.plancheck.api.v1.WebhookDelivery;
import dev.plancheck.api.v1.WebhookEvent;
import dev.plancheck.checks.notice.Delivery;
import dev.plancheck.checks.notice.NoticeEvent;
import dev.plancheck.checks.notice.Webhook;

/// From records to the messages of the API: webhooks and their deliveries.
public final class WebhookToProto {
  private WebhookToProto() {}

  /// Without the secret.
  public static dev.plancheck.api.v1.Webhook webhook(Webhook webhook) {
    return dev.plancheck.api.v1.Webhook.newBuilder()
        .setName(webhook.name())
        .setTitle(webhook.title())
        .setUrl(webhook.url())
        .addAllEvents(webhook.events().stream().sorted().map(WebhookToProto::event).toList())
        .setDisabled(!webhook.enabled())
        .build();
  }

  public static WebhookDelivery delivery(Delivery delivery) {
    var attempts = delivery.attempts();
    var message =
        WebhookDelivery.newBuilder()
            .setId(delivery.id())
            .setEvent(event(delivery.event()))
            .setState(state(delivery.state()))
            .setAttempts(attempts.count())
            .setStatus(attempts.status())
            .setError(attempts.error())
            .setCreateTime(ToProto.time(delivery.createdAt()));
    if (attempts.nextAt() != null) {
      message.setNextTime(ToProto.time(attempts.nextAt()));
    }
    if (attempts.endedAt() != null) {
      message.setEndTime(ToProto.time(attempts.endedAt()));
    }
    return message.build();
  }

  private static WebhookEvent event(NoticeEvent event) {
    return switch (event) {
      case RUN_FINISHED -> WebhookEvent.RUN_FINISHED;
      case GATE_BLOCKED -> WebhookEvent.GATE_BLOCKED;
      case APPROVAL_NEEDED -> WebhookEvent.APPROVAL_NEEDED;
      case ROLLOUT_FAILED -> WebhookEvent.ROLLOUT_FAILED;
      case ROLLOUT_DONE -> WebhookEvent.ROLLOUT_DONE;
    };
  }

  private static WebhookDelivery.State state(Delivery.State state) {
    return switch (state) {
      case PENDING -> WebhookDelivery.State.PENDING;
      case DELIVERED -> WebhookDelivery.State.DELIVERED;
      case FAILED -> WebhookDelivery.State.FAILED;
    };
  }
}
