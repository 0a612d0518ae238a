// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.cli.demo;

import dev.plancheck.engine.Engine;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;

/// One way in which a tenant strays from the others, as it happens in real fleets.
enum Drift {
  MISSING_INDEX(
      List.of("DROP INDEX orders_status_idx"), List.of("DROP INDEX orders_status_idx ON orders")),
  EXTRA_COLUMN(
      List.of("ALTER TABLE customer ADD COLUMN vip boolean"),
      List.of("ALTER TABLE customer ADD COLUMN vip boolean")),
  OTHER_TYPE(
      List.of("ALTER TABLE orders ALTER COLUMN total TYPE numeric(10, 4)"),
      List.of("ALTER TABLE orders MODIFY COLUMN total decimal(10, 4) NOT NULL")),
  BIGGER_TABLE(
      List.of(
          """
          INSERT INTO event (happened_at, kind, customer_id)
          SELECT now() - n * interval '1 minute', 'page_view', n % 100 + 1
          FROM generate_series(1, 120000) AS n
          """,
          "ANALYZE event"),
      List.of(
          """
          INSERT INTO event (happened_at, kind, customer_id)
          SELECT now() - INTERVAL seq MINUTE, 'page_view', seq % 100 + 1 FROM seq_1_to_120000
          """,
          "ANALYZE TABLE event"));

  @SuppressWarnings("ImmutableEnumChecker") // List.of is immutable, its type does not tell
  private final List<String> onPostgresql;

  @SuppressWarnings("ImmutableEnumChecker")
  private final List<String> onMysql;

  Drift(List<String> onPostgresql, List<String> onMysql) {
    this.onPostgresql = onPostgresql;
    this.onMysql = onMysql;
  }

  List<String> statements(Engine engine) {
    return switch (engine) {
      case POSTGRESQL -> onPostgresql;
      case MYSQL, MARIADB -> onMysql;
    };
  }

  /// Which tenants drift, and how: about 4 %, at least one in each way while there are enough. It
  /// is drawn with a fixed seed: the same in every run, and nothing the report could know.
  static SortedMap<String, Drift> drawn(List<String> names) {
    var wanted = Math.min(names.size() - 1, Math.max(values().length, names.size() / 25));
    var random = new Random(20_261_122);
    var drifted = new TreeMap<String, Drift>();
    while (drifted.size() < wanted) {
      var name = names.get(random.nextInt(names.size()));
      drifted.putIfAbsent(name, values()[drifted.size() % values().length]);
    }
    return drifted;
  }
}
