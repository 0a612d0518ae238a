// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.store;

import dev.plancheck.checks.ApiException;
import dev.plancheck.checks.access.AccessEvent;
import dev.plancheck.checks.access.AccessEvent.Kind;
import dev.plancheck.checks.access.Caller;
import dev.plancheck.checks.access.Grant;
import dev.plancheck.checks.access.Role;
import dev.plancheck.checks.access.User;
import dev.plancheck.checks.access.Users;
import dev.plancheck.store.codec.StoredText;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/// Users in the tables `user`, `user_role` and `access_log`. Who changes a user locks their row
/// first.
final class PostgresUsers implements Users {
  private final Jdbi jdbi;

  PostgresUsers(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  @Override
  public User create(String id, String title, User.Kind kind, String actor) {
    return jdbi.inTransaction(handle -> {
      var created =
          handle
              .createUpdate(
                  """
                  insert into plancheck.user (id, title, kind)
                  values (:id, :title, :kind)
                  on conflict (id) do nothing
                  """)
              .bind("id", id)
              .bind("title", StoredText.escape(title))
              .bind("kind", kind.name())
              .execute();
      if (created == 0) {
        throw ApiException.alreadyExists(Caller.name(id));
      }
      log(handle, Kind.USER_CREATED, actor, id, "");
      return get(handle, id).orElseThrow(() -> ApiException.notFound(Caller.name(id)));
    });
  }

  @Override
  public Optional<User> get(String id) {
    return jdbi.withHandle(handle -> get(handle, id));
  }

  private static Optional<User> get(Handle handle, String id) {
    return handle
        .createQuery(
            """
            select u.id, u.title, u.kind, u.created_at,
              array(select r.project_id from plancheck.user_role as r where r.user_id = u.id
                order by r.project_id, r.role) as projects,
              array(select r.role from plancheck.user_role as r where r.user_id = u.id
                order by r.project_id, r.role) as roles
            from plancheck.user as u
            where u.id = :id and u.deleted_at is null
            """)
        .bind("id", id)
        .map((row, _) -> user(row))
        .findOne();
  }

  @Override
  public List<User> list(@Nullable String project, int limit, String afterId) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                """
                select u.id, u.title, u.kind, u.created_at,
                  array(select r.project_id from plancheck.user_role as r where r.user_id = u.id
                    order by r.project_id, r.role) as projects,
                  array(select r.role from plancheck.user_role as r where r.user_id = u.id
                    order by r.project_id, r.role) as roles
                from plancheck.user as u
                where u.id > :afterId and u.deleted_at is null
                  and (:project::text is null or exists (
                    select from plancheck.user_role as r
                    where r.user_id = u.id and r.project_id in (:project, '-')))
                order by u.id
                limit :limit
                """)
            .bind("project", project)
            .bind("afterId", afterId)
            .bind("limit", limit)
            .map((row, _) -> user(row))
            .list());
  }

  @Override
  public boolean delete(String id, String actor) {
    return Transactions.whole(
        jdbi,
        handle -> {
          var deleted =
              handle
                  .createUpdate(
                      """
                      update plancheck.user set deleted_at = now()
                      where id = :id and deleted_at is null
                      """)
                  .bind("id", id)
                  .execute();
          if (deleted == 0) {
            return false;
          }
          handle.execute("delete from plancheck.user_role where user_id = ?", id);
          handle.execute(
              "update plancheck.access_token set revoked_at = now() where user_id = ? and"
                  + " revoked_at is null",
              id);
          log(handle, Kind.USER_DELETED, actor, id, "");
          return true;
        });
  }

  @Override
  public void grant(String user, Grant grant, String actor) {
    jdbi.useTransaction(handle -> {
      lock(handle, user);
      requireProject(handle, grant.project());
      var granted =
          change(
              handle,
              """
              insert into plancheck.user_role (user_id, project_id, role)
              values (:user, :project, :role)
              on conflict do nothing
              """,
              user,
              grant);
      if (granted) {
        log(handle, Kind.ROLE_GRANTED, actor, user, AccessEvent.detail(grant));
      }
    });
  }

  @Override
  public void revoke(String user, Grant grant, String actor) {
    jdbi.useTransaction(handle -> {
      lock(handle, user);
      var revoked =
          change(
              handle,
              """
              delete from plancheck.user_role
              where user_id = :user and project_id = :project and role = :role
              """,
              user,
              grant);
      if (revoked) {
        log(handle, Kind.ROLE_REVOKED, actor, user, AccessEvent.detail(grant));
      }
    });
  }

  private static boolean change(Handle handle, String sql, String user, Grant grant) {
    return handle
            .createUpdate(sql)
            .bind("user", user)
            .bind("project", grant.project())
            .bind("role", grant.role().name())
            .execute()
        == 1;
  }

  /// Throws [ApiException] NOT_FOUND.
  static void lock(Handle handle, String user) {
    var found =
        handle
            .createQuery(
                """
                select id from plancheck.user
                where id = :id and deleted_at is null
                for no key update
                """)
            .bind("id", user)
            .mapTo(String.class)
            .findOne();
    if (found.isEmpty()) {
      throw ApiException.notFound(Caller.name(user));
    }
  }

  private static void requireProject(Handle handle, String project) {
    var exists =
        handle
            .createQuery("select exists (select from plancheck.project where id = :id)")
            .bind("id", project)
            .mapTo(Boolean.class)
            .one();
    if (!exists && !project.equals(Grant.EVERYWHERE)) {
      throw ApiException.notFound("projects/" + project);
    }
  }

  @Override
  public List<AccessEvent> events(long afterId, int limit) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                """
                select id, kind, actor, user_id, detail, at
                from plancheck.access_log
                where id > :afterId
                order by id
                limit :limit
                """)
            .bind("afterId", afterId)
            .bind("limit", limit)
            .map((row, _) -> event(row))
            .list());
  }

  /// To be called in the transaction of what happened.
  static void log(Handle handle, Kind kind, String actor, String user, String detail) {
    handle
        .createUpdate(
            """
            insert into plancheck.access_log (kind, actor, user_id, detail)
            values (:kind, :actor, :user, :detail)
            """)
        .bind("kind", kind.name())
        .bind("actor", StoredText.escape(actor))
        .bind("user", user)
        .bind("detail", detail)
        .execute();
  }

  static List<Grant> grants(ResultSet row) throws SQLException {
    var projects = (String[]) row.getArray("projects").getArray();
    var roles = (String[]) row.getArray("roles").getArray();
    var grants = new ArrayList<Grant>();
    for (var place = 0; place < roles.length; place++) {
      grants.add(new Grant(projects[place], new Role(roles[place])));
    }
    return grants;
  }

  private static User user(ResultSet row) throws SQLException {
    return new User(
        row.getString("id"),
        StoredText.unescape(row.getString("title")),
        StoredNames.read(User.Kind.class, row.getString("kind")),
        grants(row),
        row.getObject("created_at", OffsetDateTime.class).toInstant());
  }

  private static AccessEvent event(ResultSet row) throws SQLException {
    return new AccessEvent(
        row.getLong("id"),
        StoredNames.read(Kind.class, row.getString("kind")),
        StoredText.unescape(row.getString("actor")),
        row.getString("user_id"),
        row.getString("detail"),
        row.getObject("at", OffsetDateTime.class).toInstant());
  }
}
