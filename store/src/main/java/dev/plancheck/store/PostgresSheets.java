// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.plancheck.checks.ApiException;
import dev.plancheck.checks.plan.PlanName;
import dev.plancheck.checks.plan.Sheet;
import dev.plancheck.checks.plan.Sheets;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;

/// Sheets in the table `sheet`, as UTF-8 bytes; who sees which is in the table `sheet_reference`.
final class PostgresSheets implements Sheets {
  private final Jdbi jdbi;

  PostgresSheets(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  @Override
  public Sheet put(String project, String text) {
    var sheet = Sheet.of(text);
    try {
      jdbi.useTransaction(handle -> {
        insertIfAbsent(handle, sheet);
        refer(handle, project, sheet);
      });
    } catch (UnableToExecuteStatementException e) {
      throw ForeignKeys.isViolated(e) ? ApiException.notFound("projects/" + project) : e;
    }
    return sheet;
  }

  @Override
  public Sheet put(String text) {
    var sheet = Sheet.of(text);
    jdbi.useHandle(handle -> insertIfAbsent(handle, sheet));
    return sheet;
  }

  @Override
  public void keepComputed(PlanName plan, Sheet sheet) {
    jdbi.useTransaction(handle -> {
      var id =
          handle
              .createQuery(
                  """
                  select id from plancheck.plan
                  where project_id = :project and number = :number
                  for key share
                  """)
              .bind("project", plan.project())
              .bind("number", plan.number())
              .mapTo(Long.class)
              .findOne();
      if (id.isPresent()) {
        insertIfAbsent(handle, sheet);
        refer(handle, plan.project(), sheet);
        compute(handle, id.get(), sheet);
      }
    });
  }

  @Override
  public Optional<Sheet> get(String sha256) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery("select content from plancheck.sheet where sha256 = :sha256")
            .bind("sha256", sha256)
            .map((row, _) -> new Sheet(sha256, new String(row.getBytes("content"), UTF_8)))
            .findOne());
  }

  @Override
  public Optional<Sheet> get(String project, String sha256) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                """
                select content
                from plancheck.sheet
                join plancheck.sheet_reference using (sha256)
                where project_id = :project and sha256 = :sha256
                """)
            .bind("project", project)
            .bind("sha256", sha256)
            .map((row, _) -> new Sheet(sha256, new String(row.getBytes("content"), UTF_8)))
            .findOne());
  }

  @Override
  public Set<String> seen(String project, Collection<String> sha256) {
    return Set.copyOf(
        jdbi.withHandle(handle ->
            handle
                .createQuery(
                    """
                    select sha256
                    from plancheck.sheet_reference
                    where project_id = :project and sha256 = any (:sha256::text[])
                    """)
                .bind("project", project)
                .bind("sha256", sha256.toArray(String[]::new))
                .mapTo(String.class)
                .list()));
  }

  private static void insertIfAbsent(Handle handle, Sheet sheet) {
    handle
        .createUpdate(
            """
            insert into plancheck.sheet (sha256, content)
            values (:sha256, :content)
            on conflict (sha256) do nothing
            """)
        .bind("sha256", sheet.sha256())
        .bind("content", sheet.text().getBytes(UTF_8))
        .execute();
  }

  private static void compute(Handle handle, long plan, Sheet sheet) {
    handle
        .createUpdate(
            """
            insert into plancheck.computed_sheet (plan_id, sha256)
            values (:plan, :sha256)
            on conflict (plan_id, sha256) do update set computed_at = now()
            """)
        .bind("plan", plan)
        .bind("sha256", sheet.sha256())
        .execute();
  }

  private static void refer(Handle handle, String project, Sheet sheet) {
    handle
        .createUpdate(
            """
            insert into plancheck.sheet_reference (project_id, sha256)
            values (:project, :sha256)
            on conflict (project_id, sha256) do update set last_put_at = now()
            """)
        .bind("project", project)
        .bind("sha256", sheet.sha256())
        .execute();
  }
}
