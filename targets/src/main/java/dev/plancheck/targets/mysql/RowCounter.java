// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.mysql;

import dev.plancheck.checks.target.RowEstimate;
import dev.plancheck.checks.target.RowEstimate.NotAvailable;
import dev.plancheck.checks.target.TargetConnector.Limits;
import dev.plancheck.engine.dialect.ScriptStatement;
import dev.plancheck.engine.dialect.mysql.RowQuery;
import dev.plancheck.engine.dialect.mysql.RowQuery.Asked;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Counts the rows that statements of a script would change in one database, without running or
/// explaining any of them: each is asked for by a query of ours, see [RowQuery], that ends at a
/// number and at a time. What took too long is estimated by the server's planner, of the same
/// query.
///
/// A query is only asked if all that it reads are tables of an engine that lives in this server: a
/// view may call anything. The session itself cannot write, see [Readying], which is the last
/// guard.
final class RowCounter {
  /// More rows than this are "at least".
  static final long MOST_COUNTED = 100_000;

  /// How long the server may count for one statement; for all of them it is the time limit of a
  /// statement.
  private static final Duration ONE_COUNT = Duration.ofSeconds(2);

  private record Countable(ScriptStatement statement, Asked query) {}

  private final Line line;
  private final String database;
  private final long mostCounted;
  private final Duration oneCount;
  private final CountFailures failures;
  private final RowQuestions questions;
  private Duration left;

  /// `database` is the session's own.
  RowCounter(Line line, String database, Limits limits, long mostCounted) {
    this.line = line;
    this.database = database;
    this.mostCounted = mostCounted;
    this.left = limits.statement();
    this.oneCount = left.compareTo(ONE_COUNT) < 0 ? left : ONE_COUNT;
    this.failures = new CountFailures(line, limits);
    this.questions = new RowQuestions(line.version(), mostCounted, oneCount);
  }

  /// One answer for each statement that is asked about, in the same order. `known` is what was read
  /// of the catalogue a moment ago.
  List<RowEstimate> estimate(CountPlan plan, List<ScriptStatement> asked, CountFacts known)
      throws SQLException {
    Map<Integer, RowEstimate> answers = new HashMap<>();
    var countable = new LinkedHashMap<Integer, Countable>();
    for (var statement : asked) {
      var obstacle = obstacle(statement, plan.text(statement)).or(() -> plan.obstacle(statement));
      if (obstacle.isPresent()) {
        answers.put(statement.index(), new NotAvailable(statement.index(), obstacle.get()));
        continue;
      }
      switch (plan.query(statement)) {
        case RowQuery.Refused(var reason) ->
            answers.put(statement.index(), new NotAvailable(statement.index(), reason));
        case Asked query -> countable.put(statement.index(), new Countable(statement, query));
      }
    }
    if (!countable.isEmpty()) {
      var tables = tables(countable.values().stream().map(Countable::query).toList(), known);
      for (var each : countable.values()) {
        answers.put(each.statement().index(), answer(each, tables));
      }
    }
    return asked.stream().map(statement -> answers.get(statement.index())).toList();
  }

  /// Asks the catalogue unless it is known what it says.
  private CountedTables tables(List<Asked> queries, CountFacts known) throws SQLException {
    var spelling = Spelling.of(line.settings());
    var ids = CountedTables.ids(spelling, database, queries);
    var facts =
        known.tellsAllOf(ids) ? known : CountFacts.of(SnapshotReader.read(line, database, ids));
    return new CountedTables(spelling, database, facts);
  }

  /// Quotes and backslashes mean what the script was read by only in the usual modes.
  private Optional<String> obstacle(ScriptStatement statement, String text) {
    if (!statement.plain()) {
      return Optional.of("a server never gets it as it stands");
    }
    var modes = line.settings().getOrDefault("sql_mode", "");
    var other = modes.contains("ANSI_QUOTES") || modes.contains("NO_BACKSLASH_ESCAPES");
    return other && (text.indexOf('"') >= 0 || text.indexOf('\\') >= 0)
        ? Optional.of("the server's sql_mode gives its quotes or backslashes another meaning")
        : Optional.empty();
  }

  private RowEstimate answer(Countable countable, CountedTables tables) throws SQLException {
    var index = countable.statement().index();
    var query = countable.query();
    var unfit = tables.unfit(query);
    if (unfit.isPresent()) {
      return new NotAvailable(index, unfit.get());
    }
    var unseen = tables.unseen(query);
    if (!unseen.isEmpty()) {
      return unseen(index, unseen.getFirst());
    }
    try {
      return counted(countable, tables);
    } catch (SQLException e) {
      return failures.of(index, tables.read(query), e);
    }
  }

  /// The server says whether the table is missing or the right to read it.
  private RowEstimate unseen(int index, TableId table) throws SQLException {
    try {
      line.attempt("SELECT 1 FROM " + table.quoted() + " LIMIT 0");
      return new NotAvailable(index, "what %s is cannot be seen".formatted(table.name()));
    } catch (SQLException e) {
      return failures.of(index, List.of(table), e);
    }
  }

  private RowEstimate counted(Countable countable, CountedTables tables) throws SQLException {
    var statement = countable.statement();
    var query = countable.query();
    var notIncluded = tables.notIncluded(statement.statement(), query);
    var counts = questions.of(query, tables);
    if (counts.isPresent() && tables.areCountable(query) && left.isPositive()) {
      var begun = System.nanoTime();
      try {
        return RowAnswers.counted(statement, counts.get(), line, mostCounted, notIncluded);
      } catch (SQLException e) {
        if (!CountFailures.isTimeout(e)) {
          throw e;
        }
      } finally {
        left = left.minusNanos(System.nanoTime() - begun);
      }
    }
    return RowAnswers.estimated(statement, query, line.attempt(questions.plan(query)), notIncluded);
  }
}
