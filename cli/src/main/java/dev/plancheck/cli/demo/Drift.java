// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.cli.demo;

import java.util.List;

/// One way in which a tenant strays from the others, as it happens in real fleets.
enum Drift {
  MISSING_INDEX("DROP INDEX orders_status_idx"),
  EXTRA_COLUMN("ALTER TABLE customer ADD COLUMN vip boolean"),
  OTHER_TYPE("ALTER TABLE orders ALTER COLUMN total TYPE numeric(10, 4)"),
  BIGGER_TABLE(
      """
      INSERT INTO event (happened_at, kind, customer_id)
      SELECT now() - n * interval '1 minute', 'page_view', n % 100 + 1
      FROM generate_series(1, 120000) AS n
      """,
      "ANALYZE event");

  @SuppressWarnings("ImmutableEnumChecker") // List.of is immutable, its type does not tell
  private final List<String> statements;

  Drift(String... statements) {
    this.statements = List.of(statements);
  }

  List<String> statements() {
    return statements;
  }
}
