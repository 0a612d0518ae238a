// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.server.mapping;

import com.google.protobuf.Timestamp;
import dev.plancheck.api.v1.RoleGrant;
import dev.plancheck.api.v1.Token;
import dev.plancheck.checks.access.AccessEvent;
import dev.plancheck.checks.access.AccessToken;
import dev.plancheck.checks.access.Caller;
import dev.plancheck.checks.access.Grant;
import dev.plancheck.checks.access.User;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// From records to the messages of the API: users, tokens and their log.
public final class UserToProto {
  private UserToProto() {}

  public static dev.plancheck.api.v1.User user(User user) {
    return dev.plancheck.api.v1.User.newBuilder()
        .setName(Caller.name(user.id()))
        .setTitle(user.title())
        .setKind(kind(user.kind()))
        .addAllRoles(roles(user.grants()))
        .setCreateTime(ToProto.time(user.createdAt()))
        .build();
  }

  public static Token token(AccessToken token) {
    var message =
        Token.newBuilder()
            .setName("%s/tokens/%s".formatted(Caller.name(token.user()), token.id()))
            .setTitle(token.title())
            .setCreateTime(ToProto.time(token.createdAt()));
    set(token.times().expiresAt(), message::setExpireTime);
    set(token.times().lastUsedAt(), message::setLastUseTime);
    set(token.times().revokedAt(), message::setRevokeTime);
    return message.build();
  }

  private static void set(@Nullable Instant time, Consumer<Timestamp> field) {
    if (time != null) {
      field.accept(ToProto.time(time));
    }
  }

  public static dev.plancheck.api.v1.Caller caller(Caller caller) {
    return dev.plancheck.api.v1.Caller.newBuilder()
        .setUser(caller.name())
        .addAllRoles(roles(caller.grants()))
        .build();
  }

  public static dev.plancheck.api.v1.AccessEvent event(AccessEvent event) {
    return dev.plancheck.api.v1.AccessEvent.newBuilder()
        .setKind(kind(event.kind()))
        .setActor(event.actor())
        .setUser(Caller.name(event.user()))
        .setDetail(event.detail())
        .setTime(ToProto.time(event.at()))
        .build();
  }

  private static List<RoleGrant> roles(Collection<Grant> grants) {
    return grants.stream()
        .sorted()
        .map(grant ->
            RoleGrant.newBuilder()
                .setProject(Names.project(grant.project()))
                .setRole(grant.role().name())
                .build())
        .toList();
  }

  private static dev.plancheck.api.v1.User.Kind kind(User.Kind kind) {
    return switch (kind) {
      case PERSON -> dev.plancheck.api.v1.User.Kind.PERSON;
      case SERVICE -> dev.plancheck.api.v1.User.Kind.SERVICE;
    };
  }

  private static dev.plancheck.api.v1.AccessEvent.Kind kind(AccessEvent.Kind kind) {
    return switch (kind) {
      case USER_CREATED -> dev.plancheck.api.v1.AccessEvent.Kind.USER_CREATED;
      case USER_DELETED -> dev.plancheck.api.v1.AccessEvent.Kind.USER_DELETED;
      case ROLE_GRANTED -> dev.plancheck.api.v1.AccessEvent.Kind.ROLE_GRANTED;
      case ROLE_REVOKED -> dev.plancheck.api.v1.AccessEvent.Kind.ROLE_REVOKED;
      case TOKEN_CREATED -> dev.plancheck.api.v1.AccessEvent.Kind.TOKEN_CREATED;
      case TOKEN_REVOKED -> dev.plancheck.api.v1.AccessEvent.Kind.TOKEN_REVOKED;
    };
  }
}
