// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.mysql;

import dev.plancheck.engine.dialect.mysql.RowQuery.Asked;
import dev.plancheck.engine.dialect.mysql.RowQuery.Changed;
import dev.plancheck.engine.sql.ObjectName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// The counts and plans that are asked of a server for a
/// [dev.plancheck.engine.dialect.mysql.RowQuery].
record RowQuestions(ServerVersion version, long mostCounted, Duration limit) {
  /// A count of rows of one table, which answers with the number of rows, and how many of them have
  /// a key; `most` is the number at which it ends, and `ends` whether there may be more then.
  record Count(ObjectName table, String select, long most, boolean ends) {}

  /// One count for each changed table; empty if rows of a join cannot be told apart, for want of a
  /// primary key.
  Optional<List<Count>> of(Asked query, CountedTables tables) {
    var counts = new ArrayList<Count>();
    for (var changed : query.changed()) {
      var keys = query.joined() ? tables.keys(changed) : List.of("");
      if (keys.isEmpty()) {
        return Optional.empty();
      }
      counts.add(query.joined() ? distinct(query, changed, keys) : plain(query, changed));
    }
    return Optional.of(counts);
  }

  private Count plain(Asked query, Changed changed) {
    var limit = query.limit();
    var ends = limit == null || limit > mostCounted;
    var most = ends || limit == null ? mostCounted + 1 : limit;
    return new Count(
        changed.table(), limited("COUNT(*), COUNT(*)", query.select("1 AS n"), most), most, ends);
  }

  /// Each row of the table once, however many rows it is joined with; an outer join may have none
  /// of it.
  private Count distinct(Asked query, Changed changed, List<String> keys) {
    var columns =
        IntStream.range(0, keys.size())
            .mapToObj(
                at -> "%s.%s AS k%d".formatted(changed.name(), Literals.name(keys.get(at)), at))
            .collect(Collectors.joining(", ", "DISTINCT ", ""));
    var most = mostCounted + 2;
    return new Count(
        changed.table(), limited("COUNT(*), COUNT(k0)", query.select(columns), most), most, true);
  }

  private String limited(String list, String select, long most) {
    var query = "%s FROM (%s LIMIT %d) AS plancheck_rows".formatted(list, select, most);
    return version.isMariadb()
        ? "SET STATEMENT max_statement_time = %s FOR SELECT %s"
            .formatted(limit.toMillis() / 1000.0, query)
        : "SELECT /*+ MAX_EXECUTION_TIME(%d) */ %s".formatted(limit.toMillis(), query);
  }

  /// As a table, the form that all servers have; only MariaDB has to be asked for the column
  /// `filtered`.
  String plan(Asked query) {
    return (version.isMariadb() ? "EXPLAIN EXTENDED " : "EXPLAIN FORMAT=TRADITIONAL ")
        + query.select("1 AS n");
  }
}
