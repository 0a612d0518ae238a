// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.store;

import dev.plancheck.checks.ApiException;
import dev.plancheck.checks.ApiException.Code;
import dev.plancheck.checks.access.AccessEvent.Kind;
import dev.plancheck.checks.access.AccessToken;
import dev.plancheck.checks.access.Caller;
import dev.plancheck.checks.access.Tokens;
import dev.plancheck.store.codec.StoredText;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/// Tokens in the table `access_token`.
final class PostgresTokens implements Tokens {
  private static final int MOST_LISTED = 1_000;

  private record Known(String token, boolean toldLately, Caller caller) {}

  private final Jdbi jdbi;

  PostgresTokens(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  @Override
  public AccessToken create(Draft draft, String actor) {
    return jdbi.inTransaction(handle -> {
      PostgresUsers.lock(handle, draft.user());
      requireRoom(handle, draft.user());
      PostgresUsers.log(handle, Kind.TOKEN_CREATED, actor, draft.user(), draft.id());
      return handle
          .createQuery(
              """
              insert into plancheck.access_token (id, user_id, title, digest, expires_at, created_at)
              values (:id, :user, :title, :digest, :expiresAt, clock_timestamp())
              returning *
              """)
          .bind("id", draft.id())
          .bind("user", draft.user())
          .bind("title", StoredText.escape(draft.title()))
          .bind("digest", draft.digest())
          .bind("expiresAt", stored(draft.expiresAt()))
          .map((row, _) -> token(row))
          .one();
    });
  }

  private static @Nullable OffsetDateTime stored(@Nullable Instant time) {
    return time == null ? null : time.atOffset(ZoneOffset.UTC);
  }

  private static void requireRoom(Handle handle, String user) {
    var live =
        handle
            .createQuery(
                """
                select count(*) from plancheck.access_token
                where user_id = :user and revoked_at is null
                """)
            .bind("user", user)
            .mapTo(Long.class)
            .one();
    if (live >= MOST) {
      throw new ApiException(
          Code.RESOURCE_EXHAUSTED,
          "%s has %d tokens (expected: fewer; revoke some first)"
              .formatted(Caller.name(user), live));
    }
  }

  @Override
  public List<AccessToken> list(String user) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                """
                select * from plancheck.access_token
                where user_id = :user
                order by created_at desc, id
                limit :limit
                """)
            .bind("user", user)
            .bind("limit", MOST_LISTED)
            .map((row, _) -> token(row))
            .list());
  }

  @Override
  public AccessToken revoke(String user, String id, String actor) {
    return jdbi.inTransaction(handle -> {
      var revoked =
          handle
              .createUpdate(
                  """
                  update plancheck.access_token set revoked_at = now()
                  where user_id = :user and id = :id and revoked_at is null
                  """)
              .bind("user", user)
              .bind("id", id)
              .execute();
      if (revoked == 1) {
        PostgresUsers.log(handle, Kind.TOKEN_REVOKED, actor, user, id);
      }
      return handle
          .createQuery("select * from plancheck.access_token where user_id = :user and id = :id")
          .bind("user", user)
          .bind("id", id)
          .map((row, _) -> token(row))
          .findOne()
          .orElseThrow(
              () -> ApiException.notFound("%s/tokens/%s".formatted(Caller.name(user), id)));
    });
  }

  @Override
  public Optional<Caller> caller(String digest) {
    return jdbi.withHandle(handle -> {
      var known = known(handle, digest);
      known.filter(found -> !found.toldLately()).ifPresent(found -> tellUse(handle, found.token()));
      return known.map(Known::caller);
    });
  }

  private static Optional<Known> known(Handle handle, String digest) {
    return handle
        .createQuery(
            """
            select t.id, t.user_id,
              coalesce(t.last_used_at > now() - interval '10 minutes', false) as told_lately,
              array(select r.project_id from plancheck.user_role as r where r.user_id = t.user_id
                order by r.project_id, r.role) as projects,
              array(select r.role from plancheck.user_role as r where r.user_id = t.user_id
                order by r.project_id, r.role) as roles
            from plancheck.access_token as t
            where t.digest = :digest and t.revoked_at is null
              and (t.expires_at is null or t.expires_at > now())
            """)
        .bind("digest", digest)
        .map((row, _) ->
            new Known(
                row.getString("id"),
                row.getBoolean("told_lately"),
                new Caller(row.getString("user_id"), Set.copyOf(PostgresUsers.grants(row)))))
        .findOne();
  }

  private static void tellUse(Handle handle, String token) {
    handle.execute("update plancheck.access_token set last_used_at = now() where id = ?", token);
  }

  @Override
  public boolean wereEverGiven() {
    return jdbi.withHandle(handle ->
        handle
            .createQuery("select exists (select from plancheck.access_token)")
            .mapTo(Boolean.class)
            .one());
  }

  private static AccessToken token(ResultSet row) throws SQLException {
    return new AccessToken(
        row.getString("id"),
        row.getString("user_id"),
        StoredText.unescape(row.getString("title")),
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        new AccessToken.Times(
            RunReader.instant(row, "expires_at"),
            RunReader.instant(row, "last_used_at"),
            RunReader.instant(row, "revoked_at")));
  }
}
