// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.access;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What is known of a token; its secret is known to its user only. `lastUsedAt` is right to ten
/// minutes. A token without `expiresAt` is good until it is revoked.
public record AccessToken(String id, String user, String title, Instant createdAt, Times times) {
  public record Times(
      @Nullable Instant expiresAt, @Nullable Instant lastUsedAt, @Nullable Instant revokedAt) {}
}
