// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.server.mapping;

import dev.plancheck.api.v1.Token;
import dev.plancheck.checks.ApiException;
import dev.plancheck.checks.access.Grant;
import dev.plancheck.checks.access.Role;
import dev.plancheck.checks.access.User;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// From messages about users to records.
public final class UserFromProto {
  private UserFromProto() {}

  public static User.Kind kind(dev.plancheck.api.v1.User message) {
    return switch (message.getKind()) {
      case KIND_UNSPECIFIED, PERSON -> User.Kind.PERSON;
      case SERVICE -> User.Kind.SERVICE;
      case UNRECOGNIZED -> throw Unrecognized.of("user.kind");
    };
  }

  /// Throws [ApiException] INVALID_ARGUMENT for ADMIN in one project.
  public static Grant grant(String project, String role) {
    try {
      return new Grant(Names.projectId(project), new Role(role));
    } catch (IllegalArgumentException e) {
      throw ApiException.invalid("role", String.valueOf(e.getMessage()));
    }
  }

  /// Null for a token that does not expire.
  public static @Nullable Instant expiry(Token message) {
    return message.hasExpireTime()
        ? Instant.ofEpochSecond(
            message.getExpireTime().getSeconds(), message.getExpireTime().getNanos())
        : null;
  }
}
