// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.store;

import dev.plancheck.checks.ApiException;
import dev.plancheck.checks.ApiException.Code;
import dev.plancheck.checks.notice.NoticeEvent;
import dev.plancheck.checks.notice.Webhook;
import dev.plancheck.checks.notice.Webhooks;
import dev.plancheck.store.codec.StoredText;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlStatement;

/// Webhooks in the table `webhook`.
final class PostgresWebhooks implements Webhooks {
  private final Jdbi jdbi;

  PostgresWebhooks(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  @Override
  public Webhook create(Webhook webhook) {
    return jdbi.inTransaction(handle -> {
      requireRoom(handle, webhook.project());
      var insert =
          handle.createUpdate(
              """
              insert into plancheck.webhook
                (project_id, id, title, url, events, enabled, sealed_secret)
              values (:project, :id, :title, :url, :events, :enabled, :sealedSecret)
              on conflict do nothing
              """);
      if (bind(insert, webhook).execute() == 0) {
        throw ApiException.alreadyExists(webhook.name());
      }
      return webhook;
    });
  }

  /// Whoever adds a webhook locks the project, so that all see all.
  private static void requireRoom(Handle handle, String project) {
    var found =
        handle
            .createQuery("select id from plancheck.project where id = :id for no key update")
            .bind("id", project)
            .mapTo(String.class)
            .findOne();
    if (found.isEmpty()) {
      throw ApiException.notFound("projects/" + project);
    }
    var count =
        handle
            .createQuery("select count(*) from plancheck.webhook where project_id = :id")
            .bind("id", project)
            .mapTo(Long.class)
            .one();
    if (count >= MOST) {
      throw new ApiException(
          Code.RESOURCE_EXHAUSTED,
          "projects/%s has %d webhooks (expected: fewer)".formatted(project, count));
    }
  }

  @Override
  public Optional<Webhook> get(String project, String id) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery("select * from plancheck.webhook where project_id = :project and id = :id")
            .bind("project", project)
            .bind("id", id)
            .map((row, _) -> webhook(row))
            .findOne());
  }

  @Override
  public List<Webhook> list(String project) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery("select * from plancheck.webhook where project_id = :project order by id")
            .bind("project", project)
            .map((row, _) -> webhook(row))
            .list());
  }

  @Override
  public Webhook update(Webhook webhook) {
    var updated =
        jdbi.withHandle(handle ->
            bind(
                    handle.createUpdate(
                        """
                        update plancheck.webhook
                        set title = :title, url = :url, events = :events, enabled = :enabled,
                          sealed_secret = :sealedSecret, updated_at = now()
                        where project_id = :project and id = :id
                        """),
                    webhook)
                .execute());
    if (updated == 0) {
      throw ApiException.notFound(webhook.name());
    }
    return webhook;
  }

  @Override
  public boolean delete(String project, String id) {
    return jdbi.withHandle(handle ->
        handle
                .createUpdate(
                    "delete from plancheck.webhook where project_id = :project and id = :id")
                .bind("project", project)
                .bind("id", id)
                .execute()
            == 1);
  }

  private static <T extends SqlStatement<T>> T bind(T statement, Webhook webhook) {
    return statement
        .bind("project", webhook.project())
        .bind("id", webhook.id())
        .bind("title", StoredText.escape(webhook.title()))
        .bind("url", StoredText.escape(webhook.url()))
        .bind("events", webhook.events().stream().map(Enum::name).sorted().toArray(String[]::new))
        .bind("enabled", webhook.enabled())
        .bind("sealedSecret", webhook.sealedSecret());
  }

  static Webhook webhook(ResultSet row) throws SQLException {
    var events = (String[]) row.getArray("events").getArray();
    return new Webhook(
        row.getString("project_id"),
        row.getString("id"),
        StoredText.unescape(row.getString("title")),
        StoredText.unescape(row.getString("url")),
        Arrays.stream(events)
            .map(name -> StoredNames.read(NoticeEvent.class, name))
            .collect(Collectors.toSet()),
        row.getBoolean("enabled"),
        row.getString("sealed_secret"));
  }
}
