// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.notice;

/// The port to receivers.
public interface WebhookSender {
  /// Sends once, within a bounded time. Every failure of the receiver is an outcome.
  Outcome send(Outgoing delivery) throws InterruptedException;
}
