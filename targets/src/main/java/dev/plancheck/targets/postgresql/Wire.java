// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.postgresql;

import dev.plancheck.targets.postgresql.wire.Literals;
import dev.plancheck.targets.postgresql.wire.ServerConnection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// One connection, over which whole messages of several statements go at once: one round trip for
/// each call.
///
/// One thread asks at a time; [#cancel] and [#close] may come from any.
final class Wire implements AutoCloseable {
  /// How long a server may take to end what it was asked to cancel.
  private static final Duration GRACE = Duration.ofMillis(500);

  private final ServerConnection connection;
  private volatile boolean canceled;
  private volatile boolean asking;
  private String end = "";

  Wire(ServerConnection connection) {
    this.connection = connection;
  }

  boolean isCanceled() {
    return canceled;
  }

  int serverVersion() {
    return connection.majorVersion();
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
  /// booleans, object ids, collections of texts) in the places of question marks, and returns the
  /// rows of each that has rows.
  List<List<Row>> ask(String statements, Object... values) throws SQLException {
    begin();
    try {
      return rows(connection.ask(takeEnd() + Literals.fill(statements, values)));
    } finally {
      asking = false;
    }
  }

  /// Sends commands that may hold the text of others: the server takes each as one command, or not
  /// at all.
  List<List<Row>> askOneByOne(List<String> commands) throws SQLException {
    begin();
    try {
      var all = new ArrayList<>(commands);
      var before = takeEnd();
      if (!before.isEmpty()) {
        all.addFirst(before);
      }
      return rows(connection.askOneByOne(all));
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
    if (asking) {
      connection.abort();
    } else {
      connection.close();
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
      connection.cancel();
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

  private static List<List<Row>> rows(List<List<@Nullable String[]>> answers) {
    return answers.stream().map(Row::all).toList();
  }
}
