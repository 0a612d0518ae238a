// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plancheck.engine.sql.ObjectName;
import org.junit.jupiter.api.Test;

/// What a snapshot holds, on every version.
abstract class SnapshotContract {
  private final TestServer server;

  SnapshotContract(TestServer server) {
    this.server = server;
  }

  @Test
  void isTheSameForCopiesOfOneTemplate() throws Exception {
    var template =
        server.database(
            """
            CREATE TABLE customer (id int PRIMARY KEY, name text NOT NULL);
            CREATE TABLE orders (
              id serial PRIMARY KEY,
              customer int REFERENCES customer,
              total numeric(10,2) DEFAULT 0 CHECK (total IS NOT NULL));
            CREATE VIEW big AS SELECT * FROM orders WHERE total > 100;
            """);
    var script = "ALTER TABLE orders ADD COLUMN note text";

    var first = server.snapshot(server.copy(template), script);
    var second = server.snapshot(server.copy(template), script);

    assertThat(first).isEqualTo(second);
    assertThat(first.schema().tables().keySet())
        .map(ObjectName::toString)
        .containsExactly("public.big", "public.customer", "public.orders");
  }
}
