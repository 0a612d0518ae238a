// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.server.mapping;

import dev.plancheck.api.v1.WebhookEvent;
import dev.plancheck.checks.notice.NoticeEvent;
import dev.plancheck.checks.notice.Webhook;
import java.util.stream.Collectors;

/// From messages about webhooks to records.
public final class WebhookFromProto {
  private WebhookFromProto() {}

  /// With the address as given, which the caller holds against what the server sends to.
  public static Webhook webhook(
      String project, String id, dev.plancheck.api.v1.Webhook message, String sealedSecret) {
    return new Webhook(
        project,
        id,
        Text.check("webhook.title", message.getTitle()),
        Text.check("webhook.url", message.getUrl()),
        message.getEventsList().stream().map(WebhookFromProto::event).collect(Collectors.toSet()),
        !message.getDisabled(),
        sealedSecret);
  }

  private static NoticeEvent event(WebhookEvent event) {
    return switch (event) {
      case RUN_FINISHED -> NoticeEvent.RUN_FINISHED;
      case GATE_BLOCKED -> NoticeEvent.GATE_BLOCKED;
      case APPROVAL_NEEDED -> NoticeEvent.APPROVAL_NEEDED;
      case ROLLOUT_FAILED -> NoticeEvent.ROLLOUT_FAILED;
      case ROLLOUT_DONE -> NoticeEvent.ROLLOUT_DONE;
      case WEBHOOK_EVENT_UNSPECIFIED, UNRECOGNIZED -> throw Unrecognized.of("webhook.events");
    };
  }
}
