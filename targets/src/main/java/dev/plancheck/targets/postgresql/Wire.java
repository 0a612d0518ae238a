// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.postgresql;

import dev.plancheck.targets.postgresql.Question.Oids;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.postgresql.PGConnection;

/// One connection, over which whole messages of several statements go at once: one round trip for
/// each call.
///
/// One thread asks at a time; [#cancel] and [#close] may come from any.
final class Wire implements AutoCloseable {
  /// How long a server may take to end what it was asked to cancel.
  private static final Duration GRACE = Duration.ofMillis(500);

  private final Connection connection;
  private volatile boolean canceled;
  private volatile boolean asking;
  private String end = "";

  Wire(Connection connection) {
    this.connection = connection;
  }

  boolean isCanceled() {
    return canceled;
  }

  int serverVersion() throws SQLException {
    return connection.getMetaData().getDatabaseMajorVersion();
  }

  /// Sends commands that have no rows and selects behind them, in one message; each select's rows
  /// go to its answer.
  void ask(String commands, List<Question> questions) throws SQLException {
    var text =
        questions.stream().map(Question::select).collect(Collectors.joining(";\n", commands, ""));
    var answers =
        ask(text, questions.stream().flatMap(question -> question.values().stream()).toArray());
    for (var at = 0; at < questions.size(); at++) {
      answers.get(at).forEach(questions.get(at).answer());
    }
  }

  /// Sends statements of ours, separated by semicolons, with their values (texts, numbers,
  /// booleans, object ids, collections of texts) and returns the rows of each that has rows.
  List<List<Row>> ask(String statements, Object... values) throws SQLException {
    begin();
    try (var statement = connection.prepareStatement(takeEnd() + statements)) {
      for (var at = 0; at < values.length; at++) {
        bind(statement, at + 1, values[at]);
      }
      return answers(statement, statement.execute());
    } finally {
      asking = false;
    }
  }

  /// Sends statements in which nothing is a placeholder and no escape is replaced.
  List<List<Row>> askVerbatim(String statements) throws SQLException {
    begin();
    try (var statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      return answers(statement, statement.execute(takeEnd() + statements));
    } finally {
      asking = false;
    }
  }

  /// Ends the transaction with the next message, or with the connection when there is none: no
  /// message of its own.
  void rollBackNext() {
    end = "ROLLBACK;\n";
  }

  /// Asks the server to end what runs, and cuts the connection if it does not; returns at once.
  /// From then on nothing is asked any more.
  void cancel() {
    canceled = true;
    if (asking) {
      Thread.ofVirtual().name("cancel target").start(this::askToCancel);
      Thread.ofVirtual().name("cut target").start(this::cutAfterGrace);
    }
  }

  @Override
  public void close() {
    try {
      if (asking) {
        connection.abort(Runnable::run);
      } else {
        connection.close();
      }
    } catch (SQLException _) {
      // Gone is what we wanted.
    }
  }

  /// Either this thread sees the cancel or [#cancel] sees that it asks.
  private void begin() throws SQLException {
    asking = true;
    if (canceled) {
      asking = false;
      throw new SQLException("canceled", "57014");
    }
  }

  private String takeEnd() {
    var taken = end;
    end = "";
    return taken;
  }

  private void askToCancel() {
    try {
      connection.unwrap(PGConnection.class).cancelQuery();
    } catch (SQLException _) {
      // Then the connection is cut.
    }
  }

  private void cutAfterGrace() {
    try {
      Thread.sleep(GRACE);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    if (asking) {
      close();
    }
  }

  private void bind(PreparedStatement statement, int at, Object value) throws SQLException {
    switch (value) {
      case String text -> statement.setString(at, text);
      case Boolean flag -> statement.setBoolean(at, flag);
      case Integer number -> statement.setInt(at, number);
      case Long number -> statement.setLong(at, number);
      case Oids(var oids) ->
          statement.setArray(at, connection.createArrayOf("oid", oids.toArray()));
      case Collection<?> texts ->
          statement.setArray(at, connection.createArrayOf("text", texts.toArray()));
      default -> throw new IllegalArgumentException("no binding of a " + value.getClass());
    }
  }

  private static List<List<Row>> answers(Statement statement, boolean hasRows) throws SQLException {
    var answers = new ArrayList<List<Row>>();
    for (var more = hasRows; more || statement.getUpdateCount() != -1; ) {
      if (more) {
        try (var results = statement.getResultSet()) {
          answers.add(Row.all(results));
        }
      }
      more = statement.getMoreResults();
    }
    return answers;
  }
}
