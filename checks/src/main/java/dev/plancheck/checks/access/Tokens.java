// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.access;

import dev.plancheck.checks.ApiException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The port to where tokens are kept, by the digests of their secrets.
public interface Tokens {
  /// A token to be kept. `digest` is that of its secret.
  record Draft(String id, String user, String title, @Nullable Instant expiresAt, String digest) {}

  /// The most tokens of one user that are not revoked.
  int MOST = 100;

  /// Throws [ApiException]: NOT_FOUND for an unknown user, RESOURCE_EXHAUSTED when there are
  /// [#MOST] already.
  AccessToken create(Draft draft, String actor);

  /// All that the user has or had, the newest first, at most 1000.
  List<AccessToken> list(String user);

  /// A revoked token is nobody's from now on. Revoking it again changes nothing. Throws
  /// [ApiException] NOT_FOUND.
  AccessToken revoke(String user, String id, String actor);

  /// Whose token has this digest, with the roles as they are now; empty when there is none, or it
  /// is expired or revoked. Keeps that it was used.
  Optional<Caller> caller(String digest);

  /// Whether there ever was a token: revoked and expired ones count.
  boolean wereEverGiven();
}
