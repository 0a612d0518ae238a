// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.cli.demo;

import dev.plancheck.embedded.Folders;
import dev.plancheck.embedded.mysql.MysqlBinaries;
import dev.plancheck.embedded.mysql.MysqlServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.IntStream;

/// The databases of the MariaDB benchmark, all of one server: five tables each, one database in a
/// hundred drifted; the same every time.
record MariadbFleet(MysqlServer server, List<String> databases, int drifted)
    implements AutoCloseable {
  private static final int TABLES = 5;
  private static final int ROWS = 100;

  /// A change of two tables; each kind of statement once.
  static final String SCRIPT =
      """
      ALTER TABLE t3 ADD COLUMN archived_at datetime;
      CREATE INDEX t4_amount ON t4 (amount);
      UPDATE t3 SET status = 'archived' WHERE created_at < now() - INTERVAL 1 YEAR;
      DELETE FROM t4 WHERE status = 's3';
      """;

  private static final List<String> DRIFTS =
      List.of(
          "ALTER TABLE t3 ADD COLUMN extra int",
          "DROP INDEX t4_status ON t4",
          "ALTER TABLE t4 MODIFY COLUMN amount decimal(14, 2)");

  MariadbFleet {
    databases = List.copyOf(databases);
  }

  static MariadbFleet create(int count) throws SQLException {
    var config =
        MariadbTenants.config(MysqlBinaries.mariadb(), Folders.ofUser())
            .withLabel("fleet")
            .withOption("table-open-cache", "4000");
    var server = MysqlServer.start(config);
    var names = IntStream.range(0, count).mapToObj("fleet_%04d"::formatted).toList();
    MariadbTenants.create(server, names, tables(), _ -> {});
    var drifted = Math.max(1, count / 100);
    for (var number = 0; number < drifted; number++) {
      try (var connection = server.connect(names.get(number * (count / drifted)));
          var statement = connection.createStatement()) {
        statement.execute(DRIFTS.get(number % DRIFTS.size()));
      }
    }
    return new MariadbFleet(server, names, drifted);
  }

  /// Each table has a primary key and two more indexes, and all but the first a foreign key.
  private static String tables() {
    var sql = new StringBuilder();
    for (var number = 1; number <= TABLES; number++) {
      sql.append(
          """
          CREATE TABLE t%1$d (id int PRIMARY KEY, parent_id int%2$s,
            name varchar(40) NOT NULL DEFAULT '', status varchar(20), amount decimal(10, 2) DEFAULT 0,
            created_at datetime DEFAULT current_timestamp, note text,
            KEY t%1$d_status (status), KEY t%1$d_created (created_at));
          INSERT INTO t%1$d (id, parent_id, name, status, amount, note)
            SELECT seq, seq, concat('name ', seq), concat('s', seq %% 5), seq, 'x' FROM seq_1_to_%3$d;
          ANALYZE TABLE t%1$d;
          """
              .formatted(
                  number, number == 1 ? "" : " REFERENCES t" + (number - 1) + " (id)", ROWS));
    }
    return sql.toString();
  }

  /// Milliseconds of processor time that the server has used, by proc(5): ticks are hundredths of a
  /// second on every Linux.
  long serverMillis() {
    try {
      var pid = Files.readString(server.folder().resolve("server.pid")).strip();
      var stat = Files.readString(Path.of("/proc", pid, "stat"));
      var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * 10;
    } catch (IOException e) {
      throw new UncheckedIOException("processor times need Linux", e);
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
