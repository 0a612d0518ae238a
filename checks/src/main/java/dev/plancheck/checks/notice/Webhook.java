// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.notice;

import java.util.Set;

/// Where a project's notices go. `sealedSecret` signs them, and opens only with the server's key;
/// the address may itself hold a secret, so that neither is ever logged.
public record Webhook(
    String project,
    String id,
    String title,
    String url,
    Set<NoticeEvent> events,
    boolean enabled,
    String sealedSecret) {
  public Webhook {
    events = Set.copyOf(events);
  }

  public String name() {
    return name(project, id);
  }

  public static String name(String project, String id) {
    return "projects/%s/webhooks/%s".formatted(project, id);
  }

  /// Without address and secret.
  @Override
  public String toString() {
    return "Webhook[%s]".formatted(name());
  }
}
