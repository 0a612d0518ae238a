// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.plancheck.checks.plan.Sheet;
import dev.plancheck.checks.plan.Sheets;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/// Sheets in the table `sheet`, as UTF-8 bytes.
final class PostgresSheets implements Sheets {
  private final Jdbi jdbi;

  PostgresSheets(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  @Override
  public Sheet put(String text) {
    var sheet = Sheet.of(text);
    jdbi.useHandle(handle ->
        handle
            .createUpdate(
                """
                insert into plancheck.sheet (sha256, content)
                values (:sha256, :content)
                on conflict (sha256) do nothing
                """)
            .bind("sha256", sheet.sha256())
            .bind("content", text.getBytes(UTF_8))
            .execute());
    return sheet;
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
}
