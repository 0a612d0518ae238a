// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.postgresql;

import dev.plancheck.checks.target.RowEstimate;
import dev.plancheck.checks.target.RowEstimate.NotAvailable;
import dev.plancheck.checks.target.RowEstimate.Planned;
import dev.plancheck.checks.target.TargetConnector.Limits;
import dev.plancheck.engine.dialect.Script;
import dev.plancheck.engine.dialect.ScriptStatement;
import dev.plancheck.engine.sql.ObjectName;
import dev.plancheck.targets.postgresql.wire.Literals;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Plans the statements of one script on one target, in a read-only transaction that is rolled
/// back. Used once.
///
/// The text of a statement reaches the server behind EXPLAIN only, and as one command: see
/// [Plannable]. The transaction's first query is ours, from then on read-only cannot be left; the
/// limits are set again before each plan, and a savepoint undoes whatever the one before did.
final class Estimator {
  /// One select, because each costs a session that has just begun. Its names are qualified and it
  /// has no operators: the session's own search path is in effect.
  private static final String BEGIN =
      """
      BEGIN READ ONLY;
      SELECT pg_catalog.current_schemas(true), pg_catalog.set_config(
          'plancheck.search_path', pg_catalog.current_setting('search_path'), true),
        pg_catalog.set_config('statement_timeout', ?, true),
        pg_catalog.set_config('lock_timeout', ?, true),
        {newest function}, {foreign tables};
      SAVEPOINT plancheck
      """
          .replace("{newest function}", CallGuard.NEWEST_FUNCTION)
          .replace("{foreign tables}", CallGuard.FOREIGN_TABLES);

  private static final String BACK = "ROLLBACK TO SAVEPOINT plancheck";
  private static final String LIMITS =
      """
      SELECT pg_catalog.set_config('statement_timeout', ?, true),
        pg_catalog.set_config('lock_timeout', ?, true)
      """;

  private final Wire wire;
  private final String statementLimit;
  private final String lockLimit;
  private final String user;
  private final Refusals refusals;
  private final QuietTables quiet;
  private boolean replayed;
  private final Map<Integer, RowEstimate> answers = new HashMap<>();
  private final Map<Integer, Plannable> plannable = new LinkedHashMap<>();
  private final Map<Plannable, PlannedChanges> planned = new LinkedHashMap<>();

  /// `quiet` is what a snapshot told that was read over the same connection just before.
  Estimator(Wire wire, Limits limits, String user, QuietTables quiet) {
    this.wire = wire;
    this.quiet = quiet;
    this.statementLimit = limits.statement().toMillis() + "ms";
    this.lockLimit = limits.lock().toMillis() + "ms";
    this.user = user;
    this.refusals = new Refusals(limits, user);
  }

  /// One answer for each statement that is asked about, in the same order.
  List<RowEstimate> estimate(Script script, List<ScriptStatement> asked) throws SQLException {
    for (var statement : asked) {
      var obstacle = Plannable.obstacle(script, statement);
      if (obstacle.isPresent()) {
        refuse(statement.index(), obstacle.get());
      } else {
        plannable.put(statement.index(), Plannable.of(script, statement));
      }
    }
    if (!plannable.isEmpty()) {
      try {
        plan(script);
      } finally {
        wire.rollBackNext();
      }
    }
    return asked.stream().map(statement -> answer(statement.index())).toList();
  }

  private RowEstimate answer(int index) {
    var answer = answers.get(index);
    if (answer == null) {
      throw new IllegalStateException("statement %d was not planned".formatted(index));
    }
    return answer;
  }

  private void plan(Script script) throws SQLException {
    var called = new TreeSet<String>();
    plannable.values().forEach(statement -> called.addAll(statement.words().called()));
    var begun = wire.ask(BEGIN, statementLimit, lockLimit).getFirst().getFirst();
    var path = begun.texts(0);
    var guard = CallGuard.read(wire, called, begun.oid(4), begun.flag(5));
    var replay = new Replay();
    for (var statement : script.statements()) {
      var wanted = plannable.get(statement.index());
      if (wanted != null) {
        plan(wanted, guard, path, replay.state());
      }
      replay.after(statement.statement());
    }
    tellPlanned();
  }

  private void plan(Plannable statement, CallGuard guard, List<String> path, Replay.State state)
      throws SQLException {
    var refusal =
        state.otherUser()
            ? Optional.of("it runs after SET SESSION AUTHORIZATION, which is not repeated here")
            : guard.refusal(statement.text(), statement.words(), inEffect(path, state));
    if (refusal.isPresent()) {
      refuse(statement.index(), refusal.get());
    } else if (state.equals(Replay.State.START)) {
      explain(statement, List.of(BACK));
    } else if (takeOver(statement, state)) {
      replayed = true;
      explain(statement, List.of());
    }
  }

  /// Undoes what the statement before did and sets role and search path, as values. False when that
  /// is not possible.
  private boolean takeOver(Plannable statement, Replay.State state) throws SQLException {
    try {
      wire.ask(
          BACK
              + """
              ;
              SELECT pg_catalog.set_config('search_path',
                CASE WHEN ? THEN pg_catalog.current_setting('plancheck.search_path') ELSE ? END,
                true), pg_catalog.set_config('role', ?, true)
              """,
          state.path() == null,
          searchPath(state.path()),
          state.role());
      return true;
    } catch (SQLException e) {
      answers.put(statement.index(), refusals.ofRole(statement, state.role(), e));
      return false;
    }
  }

  private void explain(Plannable statement, List<String> before) throws SQLException {
    try {
      var answer =
          wire.askOneByOne(
                  Stream.concat(
                          before.stream(),
                          Stream.of(
                              Literals.fill(LIMITS, statementLimit, lockLimit),
                              "EXPLAIN (FORMAT JSON, VERBOSE)\n" + statement.text()))
                      .toList())
              .getLast();
      planned.put(statement, PlannedChanges.parse(answer.getFirst().text(0)));
    } catch (SQLException e) {
      answers.put(statement.index(), refusals.of(statement, e));
    }
  }

  private void tellPlanned() throws SQLException {
    var left = LeftOut.read(wire, notQuiet());
    planned.forEach((statement, changes) ->
        answers.put(
            statement.index(),
            new Planned(
                statement.index(), changes.totals(), left.of(statement.target(), changes))));
  }

  /// The names to ask about. Under another role or path a name may mean what no snapshot looked at.
  private Set<ObjectName> notQuiet() {
    var names = new TreeSet<ObjectName>();
    planned.forEach((statement, changes) -> {
      if (replayed || !quiet.cover(statement.target(), changes.tables())) {
        names.add(statement.target());
        names.addAll(changes.tables());
      }
    });
    return names;
  }

  private void refuse(int index, String reason) {
    answers.put(index, new NotAvailable(index, reason));
  }

  private Collection<String> inEffect(List<String> path, Replay.State state) {
    return state.path() == null
        ? path
        : state.path().stream()
            .map(schema -> schema.equals("$user") && state.role().equals("none") ? user : schema)
            .map(schema -> schema.equals("$user") ? state.role() : schema)
            .toList();
  }

  /// Each name quoted, as the setting wants it.
  private static String searchPath(@Nullable List<String> path) {
    return path == null
        ? ""
        : path.stream()
            .map(schema -> '"' + schema.replace("\"", "\"\"") + '"')
            .collect(Collectors.joining(", "));
  }
}
