// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.memory;

import dev.plancheck.checks.ApiException;
import dev.plancheck.checks.ApiException.Code;
import dev.plancheck.checks.access.AccessEvent;
import dev.plancheck.checks.access.AccessEvent.Kind;
import dev.plancheck.checks.access.AccessToken;
import dev.plancheck.checks.access.Caller;
import dev.plancheck.checks.access.Grant;
import dev.plancheck.checks.access.Tokens;
import dev.plancheck.checks.access.User;
import dev.plancheck.checks.access.Users;
import dev.plancheck.checks.plan.Projects;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Users and tokens in memory, under the object's lock.
final class MemoryAccess implements Users, Tokens {
  private static final Duration COARSE = Duration.ofMinutes(10);
  private static final int MOST_LISTED = 1_000;

  private record Held(AccessToken token, String digest) {
    Held with(AccessToken.Times times) {
      return new Held(
          new AccessToken(token.id(), token.user(), token.title(), token.createdAt(), times),
          digest);
    }
  }

  private final Projects projects;
  private final InstantSource clock;
  private final TreeMap<String, User> users = new TreeMap<>(CodePoints.ORDER);
  private final Set<String> deleted = new HashSet<>();

  /// The oldest first.
  private final List<Held> tokens = new ArrayList<>();

  private final List<AccessEvent> events = new ArrayList<>();

  MemoryAccess(Projects projects, InstantSource clock) {
    this.projects = projects;
    this.clock = clock;
  }

  @Override
  public synchronized User create(String id, String title, User.Kind kind, String actor) {
    if (users.containsKey(id) || deleted.contains(id)) {
      throw ApiException.alreadyExists(Caller.name(id));
    }
    var user = new User(id, title, kind, List.of(), clock.instant());
    users.put(id, user);
    log(Kind.USER_CREATED, actor, id, "");
    return user;
  }

  @Override
  public synchronized Optional<User> get(String id) {
    return Optional.ofNullable(users.get(id));
  }

  @Override
  public synchronized List<User> list(@Nullable String project, int limit, String afterId) {
    return users.tailMap(afterId, false).values().stream()
        .filter(user -> project == null || isOf(user, project))
        .limit(limit)
        .toList();
  }

  private static boolean isOf(User user, String project) {
    return user.grants().stream()
        .anyMatch(
            grant -> grant.project().equals(project) || grant.project().equals(Grant.EVERYWHERE));
  }

  @Override
  public synchronized boolean delete(String id, String actor) {
    if (users.remove(id) == null) {
      return false;
    }
    deleted.add(id);
    tokens.replaceAll(held -> held.token().user().equals(id) ? revoked(held) : held);
    log(Kind.USER_DELETED, actor, id, "");
    return true;
  }

  @Override
  public synchronized void grant(String user, Grant grant, String actor) {
    var grants = new TreeSet<>(existing(user).grants());
    if (!grant.project().equals(Grant.EVERYWHERE) && projects.get(grant.project()).isEmpty()) {
      throw ApiException.notFound("projects/" + grant.project());
    }
    if (grants.add(grant)) {
      put(user, grants);
      log(Kind.ROLE_GRANTED, actor, user, AccessEvent.detail(grant));
    }
  }

  @Override
  public synchronized void revoke(String user, Grant grant, String actor) {
    var grants = new TreeSet<>(existing(user).grants());
    if (grants.remove(grant)) {
      put(user, grants);
      log(Kind.ROLE_REVOKED, actor, user, AccessEvent.detail(grant));
    }
  }

  private void put(String id, Set<Grant> grants) {
    var user = existing(id);
    users.put(id, new User(id, user.title(), user.kind(), List.copyOf(grants), user.createdAt()));
  }

  @Override
  public synchronized List<AccessEvent> events(long afterId, int limit) {
    return events.stream().filter(event -> event.id() > afterId).limit(limit).toList();
  }

  @Override
  public synchronized AccessToken create(Draft draft, String actor) {
    var _ = existing(draft.user());
    var live =
        list(draft.user()).stream().filter(token -> token.times().revokedAt() == null).count();
    if (live >= MOST) {
      throw new ApiException(
          Code.RESOURCE_EXHAUSTED,
          "%s has %d tokens (expected: fewer; revoke some first)"
              .formatted(Caller.name(draft.user()), live));
    }
    var token =
        new AccessToken(
            draft.id(),
            draft.user(),
            draft.title(),
            clock.instant(),
            new AccessToken.Times(draft.expiresAt(), null, null));
    tokens.add(new Held(token, draft.digest()));
    log(Kind.TOKEN_CREATED, actor, draft.user(), draft.id());
    return token;
  }

  @Override
  public synchronized List<AccessToken> list(String user) {
    return tokens.reversed().stream()
        .map(Held::token)
        .filter(token -> token.user().equals(user))
        .sorted(Comparator.comparing(AccessToken::createdAt).reversed())
        .limit(MOST_LISTED)
        .toList();
  }

  @Override
  public synchronized AccessToken revoke(String user, String id, String actor) {
    for (var place = 0; place < tokens.size(); place++) {
      var held = tokens.get(place);
      if (held.token().user().equals(user) && held.token().id().equals(id)) {
        if (held.token().times().revokedAt() == null) {
          tokens.set(place, revoked(held));
          log(Kind.TOKEN_REVOKED, actor, user, id);
        }
        return tokens.get(place).token();
      }
    }
    throw ApiException.notFound("%s/tokens/%s".formatted(Caller.name(user), id));
  }

  private Held revoked(Held held) {
    var times = held.token().times();
    return times.revokedAt() != null
        ? held
        : held.with(new AccessToken.Times(times.expiresAt(), times.lastUsedAt(), clock.instant()));
  }

  @Override
  public synchronized Optional<Caller> caller(String digest) {
    var now = clock.instant();
    for (var place = 0; place < tokens.size(); place++) {
      var held = tokens.get(place);
      if (held.digest().equals(digest) && isGood(held.token().times(), now)) {
        tokens.set(place, used(held, now));
        return Optional.of(
            new Caller(held.token().user(), Set.copyOf(existing(held.token().user()).grants())));
      }
    }
    return Optional.empty();
  }

  private static boolean isGood(AccessToken.Times times, Instant now) {
    return times.revokedAt() == null
        && (times.expiresAt() == null || times.expiresAt().isAfter(now));
  }

  private static Held used(Held held, Instant now) {
    var times = held.token().times();
    return times.lastUsedAt() != null && times.lastUsedAt().plus(COARSE).isAfter(now)
        ? held
        : held.with(new AccessToken.Times(times.expiresAt(), now, times.revokedAt()));
  }

  @Override
  public synchronized boolean wereEverGiven() {
    return !tokens.isEmpty();
  }

  private User existing(String id) {
    return get(id).orElseThrow(() -> ApiException.notFound(Caller.name(id)));
  }

  private void log(Kind kind, String actor, String user, String detail) {
    events.add(new AccessEvent(events.size() + 1, kind, actor, user, detail, clock.instant()));
  }
}
