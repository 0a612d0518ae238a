// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.notice;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One notice on its way to one webhook, and what came of it. `number` counts up in the order in
/// which deliveries were stored; `id` is what the receiver tells repetitions by.
public record Delivery(
    long number, String id, NoticeEvent event, State state, Attempts attempts, Instant createdAt) {
  public enum State {
    /// To be sent, for the first time or again.
    PENDING,
    DELIVERED,
    /// Given up.
    FAILED
  }

  /// `status` is the last answer's, 0 when there was none; `error` is empty after a success.
  /// `nextAt` is there while the delivery is pending, `endedAt` from then on.
  public record Attempts(
      int count, int status, String error, @Nullable Instant nextAt, @Nullable Instant endedAt) {}
}
