// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.store;

import dev.plancheck.checks.notice.Deliveries;
import dev.plancheck.checks.notice.Delivery;
import dev.plancheck.checks.notice.Delivery.Attempts;
import dev.plancheck.checks.notice.Delivery.State;
import dev.plancheck.checks.notice.NoticeEvent;
import dev.plancheck.checks.notice.Outcome;
import dev.plancheck.checks.notice.Outcome.Accepted;
import dev.plancheck.checks.notice.Outcome.Refused;
import dev.plancheck.checks.notice.Outgoing;
import dev.plancheck.store.codec.StoredText;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/// Deliveries in the table `webhook_delivery`.
final class PostgresDeliveries implements Deliveries {
  private final Jdbi jdbi;

  PostgresDeliveries(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  @Override
  public List<Outgoing> due(int limit, int ofEach) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                """
                select d.number, d.id as delivery_id, d.body, d.attempts, w.*
                from (
                  select *, row_number() over (
                    partition by project_id, webhook_id order by number) as place
                  from plancheck.webhook_delivery
                  where state = 'PENDING' and next_at <= clock_timestamp()
                ) as d
                join plancheck.webhook as w on w.project_id = d.project_id and w.id = d.webhook_id
                where d.place <= :ofEach and w.enabled
                order by d.number
                limit :limit
                """)
            .bind("ofEach", ofEach)
            .bind("limit", limit)
            .map((row, _) -> outgoing(row))
            .list());
  }

  private static Outgoing outgoing(ResultSet row) throws SQLException {
    return new Outgoing(
        row.getLong("number"),
        row.getString("delivery_id"),
        PostgresWebhooks.webhook(row),
        row.getString("body"),
        row.getInt("attempts"));
  }

  @Override
  public boolean record(Outgoing sent, Outcome outcome, @Nullable Duration pause) {
    return switch (outcome) {
      case Accepted(var status) -> record(sent, State.DELIVERED, status, "", null);
      case Refused(var status, var error, _) ->
          record(sent, pause == null ? State.FAILED : State.PENDING, status, error, pause);
    };
  }

  private boolean record(
      Outgoing sent, State state, int status, String error, @Nullable Duration pause) {
    return jdbi.withHandle(handle ->
        handle
                .createUpdate(
                    """
                    update plancheck.webhook_delivery
                    set state = :state, attempts = attempts + 1, status = :status, error = :error,
                      next_at = clock_timestamp() + make_interval(secs => :pause::float8),
                      ended_at = case when :state = 'PENDING' then null else clock_timestamp() end
                    where number = :number and attempts = :attempts and state = 'PENDING'
                    """)
                .bind("state", state.name())
                .bind("status", status)
                .bind("error", StoredText.escape(error))
                .bind("pause", pause == null ? null : pause.toMillis() / 1_000.0)
                .bind("number", sent.number())
                .bind("attempts", sent.attempts())
                .execute()
            == 1);
  }

  @Override
  public List<Delivery> list(String project, String webhook, int limit, long before) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                """
                select number, id, event, state, attempts, status, error, next_at, created_at,
                  ended_at
                from plancheck.webhook_delivery
                where project_id = :project and webhook_id = :webhook and number < :before
                order by number desc
                limit :limit
                """)
            .bind("project", project)
            .bind("webhook", webhook)
            .bind("before", before)
            .bind("limit", limit)
            .map((row, _) -> delivery(row))
            .list());
  }

  private static Delivery delivery(ResultSet row) throws SQLException {
    return new Delivery(
        row.getLong("number"),
        row.getString("id"),
        StoredNames.read(NoticeEvent.class, row.getString("event")),
        StoredNames.read(State.class, row.getString("state")),
        new Attempts(
            row.getInt("attempts"),
            row.getInt("status"),
            StoredText.unescape(row.getString("error")),
            RunReader.instant(row, "next_at"),
            RunReader.instant(row, "ended_at")),
        row.getObject("created_at", OffsetDateTime.class).toInstant());
  }

  @Override
  public void forget(Duration age, int most) {
    jdbi.useHandle(handle ->
        handle
            .createUpdate(
                """
                delete from plancheck.webhook_delivery
                where created_at < clock_timestamp() - make_interval(secs => :age)
                  or number in (
                    select number
                    from (
                      select number, row_number() over (
                        partition by project_id, webhook_id order by number desc) as place
                      from plancheck.webhook_delivery
                      where state <> 'PENDING'
                    ) as ended
                    where place > :most)
                """)
            .bind("age", (double) age.toSeconds())
            .bind("most", most)
            .execute());
  }
}
