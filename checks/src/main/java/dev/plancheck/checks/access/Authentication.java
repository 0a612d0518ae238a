// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.access;

import dev.plancheck.checks.ApiException;
import dev.plancheck.checks.ApiException.Code;
import java.util.Locale;
import java.util.Optional;

/// Tells who makes a call. As long as no token was ever given that is [Caller#LOCAL]; from the
/// first token on, for good, only a token is an answer. The storage is asked for each call, so that
/// what is revoked is revoked at once.
public final class Authentication {
  private static final String SCHEME = "bearer ";
  private static final String EXPECTED = "(expected: Authorization: Bearer pc_...)";

  /// What came with a call. `viaProxy` is whether it was passed on by somebody else.
  public record Credentials(Optional<String> authorization, boolean viaProxy) {}

  private final Tokens tokens;

  public Authentication(Tokens tokens) {
    this.tokens = tokens;
  }

  /// Throws [ApiException] UNAUTHENTICATED, without what was presented.
  public Caller caller(Credentials credentials) {
    return credentials
        .authorization()
        .map(this::known)
        .orElseGet(() -> unknown(credentials.viaProxy()));
  }

  private Caller known(String authorization) {
    if (!authorization.toLowerCase(Locale.ROOT).startsWith(SCHEME)) {
      throw refused("this server takes tokens only " + EXPECTED);
    }
    return TokenSecret.parse(authorization.substring(SCHEME.length()).strip())
        .flatMap(secret -> tokens.caller(secret.digest()))
        .orElseThrow(() ->
            refused(
                "this token is not valid: it is unknown here, expired or revoked (expected: one"
                    + " that an ADMIN made, as `plancheck users token NAME` does)"));
  }

  private Caller unknown(boolean viaProxy) {
    if (tokens.wereEverGiven()) {
      throw refused("this call says not who makes it " + EXPECTED);
    }
    if (viaProxy) {
      throw refused(
          "this server has no users yet, and answers only on its own machine until then: make the"
              + " first one there, `plancheck users add NAME --admin`");
    }
    return Caller.LOCAL;
  }

  private static ApiException refused(String message) {
    return new ApiException(Code.UNAUTHENTICATED, message);
  }
}
