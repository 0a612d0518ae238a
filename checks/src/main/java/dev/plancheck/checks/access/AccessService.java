// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.access;

import dev.plancheck.checks.ApiException;
import dev.plancheck.checks.ApiException.Code;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// Changes users, roles and tokens for callers who may do so, and keeps them from locking everybody
/// out: nobody takes the last key from themself, and the first token is an ADMIN's.
public final class AccessService {
  private static final int ID_BYTES = 8;

  /// A token, and the text that is shown once.
  public record NewToken(AccessToken token, TokenSecret secret) {}

  private final Users users;
  private final Tokens tokens;
  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();

  public AccessService(AccessPorts ports, InstantSource clock) {
    this.users = ports.users();
    this.tokens = ports.tokens();
    this.clock = clock;
  }

  /// Throws [ApiException] ALREADY_EXISTS, INVALID_ARGUMENT for an id that nobody can have.
  public User create(String id, String title, User.Kind kind, Caller caller) {
    if (Caller.isReserved(id)) {
      throw ApiException.invalid(
          "user_id",
          "user_id: %s (expected: another id; this is who calls while there are no tokens)"
              .formatted(id));
    }
    return users.create(id, title, kind, caller.name());
  }

  /// Throws [ApiException] NOT_FOUND, FAILED_PRECONDITION for the caller.
  public void delete(String id, Caller caller) {
    if (caller.user().equals(id)) {
      throw ApiException.failedPrecondition(
          "%s cannot delete themself (expected: another ADMIN does it)".formatted(caller.name()));
    }
    if (!users.delete(id, caller.name())) {
      throw ApiException.notFound(Caller.name(id));
    }
  }

  /// Throws [ApiException]: NOT_FOUND, PERMISSION_DENIED for the role ADMIN by somebody who has it
  /// not.
  public User grant(String user, Grant grant, Caller caller) {
    requireAdminFor(grant, caller);
    users.grant(user, grant, caller.name());
    return existing(user);
  }

  /// Throws [ApiException]: NOT_FOUND, PERMISSION_DENIED for the role ADMIN by somebody who has it
  /// not, FAILED_PRECONDITION for the caller's own role ADMIN.
  public User revoke(String user, Grant grant, Caller caller) {
    requireAdminFor(grant, caller);
    if (grant.role().equals(Role.ADMIN) && caller.user().equals(user)) {
      throw ApiException.failedPrecondition(
          "%s cannot give up the role ADMIN (expected: another ADMIN takes it)"
              .formatted(caller.name()));
    }
    users.revoke(user, grant, caller.name());
    return existing(user);
  }

  private static void requireAdminFor(Grant grant, Caller caller) {
    if (grant.role().equals(Role.ADMIN) && !caller.isAdmin()) {
      throw new ApiException(
          Code.PERMISSION_DENIED,
          "%s is no ADMIN, and only an ADMIN makes and unmakes others".formatted(caller.name()));
    }
  }

  /// Throws [ApiException]: NOT_FOUND; INVALID_ARGUMENT for an expiry that is over;
  /// FAILED_PRECONDITION for the first of all tokens if it is not an ADMIN's, because nobody could
  /// manage the server any more; RESOURCE_EXHAUSTED for too many.
  public NewToken createToken(
      String user, String title, @Nullable Instant expiresAt, Caller caller) {
    if (expiresAt != null && !expiresAt.isAfter(clock.instant())) {
      throw ApiException.invalid(
          "token.expire_time",
          "token.expire_time: %s (expected: in the future)".formatted(expiresAt));
    }
    var first = !tokens.wereEverGiven();
    if (first && !(existing(user).isAdmin() && expiresAt == null)) {
      throw ApiException.failedPrecondition(
          "the first token ends the time in which everybody on this machine may do everything, so"
              + " it must be an ADMIN's and not expire (expected: `plancheck users add NAME"
              + " --admin` first)");
    }
    var secret = TokenSecret.random(random);
    var draft = new Tokens.Draft(id(), user, title, expiresAt, secret.digest());
    return new NewToken(tokens.create(draft, caller.name()), secret);
  }

  /// Throws [ApiException]: NOT_FOUND, FAILED_PRECONDITION for the only token of an ADMIN who
  /// calls, because with it they lose the server.
  public AccessToken revokeToken(String user, String id, Caller caller) {
    if (caller.isAdmin() && caller.user().equals(user) && isOnlyLasting(user, id)) {
      throw ApiException.failedPrecondition(
          "this is the only token of %s that does not expire (expected: another one is made first)"
              .formatted(caller.name()));
    }
    return tokens.revoke(user, id, caller.name());
  }

  private boolean isOnlyLasting(String user, String id) {
    var lasting =
        tokens.list(user).stream()
            .filter(token -> token.times().revokedAt() == null && token.times().expiresAt() == null)
            .toList();
    return lasting.size() == 1 && lasting.getFirst().id().equals(id);
  }

  private String id() {
    var bytes = new byte[ID_BYTES];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /// Throws [ApiException] NOT_FOUND.
  public User existing(String user) {
    return users.get(user).orElseThrow(() -> ApiException.notFound(Caller.name(user)));
  }
}
