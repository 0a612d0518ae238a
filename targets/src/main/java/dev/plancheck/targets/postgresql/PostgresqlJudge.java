// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.postgresql;

import dev.plancheck.checks.advise.SyntaxJudge;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Lets a PostgreSQL server judge syntax without executing anything: the server parses a whole
/// message before it executes the first of its statements, and ours comes first and fails.
///
/// It has a connection of its own, opened anew when the server has gone and come back. Safe for use
/// by many threads, which take turns.
public final class PostgresqlJudge implements SyntaxJudge, AutoCloseable {
  /// Qualified, because with a user-defined `/` in the search path the division could succeed, and
  /// the rest would be executed.
  private static final String FAILS_FIRST = "select 1 operator(pg_catalog./) 0; ";

  private static final String DIVISION_BY_ZERO = "22012";
  private static final String SYNTAX_ERROR = "42601";
  private static final String READ_ONLY = "25006";
  private static final Set<String> SERVER_GOES = Set.of("57P01", "57P02", "57P03", "57P05");
  private static final int MOST_BYTES = 256 << 10;
  private static final Logger LOG = LoggerFactory.getLogger(PostgresqlJudge.class);

  private final JudgeConnection.Address address;
  private final boolean ours;
  private final ReentrantLock turn = new ReentrantLock();
  private final String name;
  private JudgeConnection connection;
  private boolean connected = true;

  /// Why nothing is asked any more.
  private @Nullable String ended;

  private PostgresqlJudge(JudgeConnection.Address address, boolean ours) throws SQLException {
    this.address = address;
    this.ours = ours;
    this.connection = open(address);
    this.name = "PostgreSQL " + connection.version();
  }

  /// A judge on a server of our own, such as the embedded one.
  ///
  /// @throws SQLException if there is no connection, or the server does not judge as PostgreSQL
  ///   does
  public static PostgresqlJudge onOurServer(String url, String user, String password)
      throws SQLException {
    return new PostgresqlJudge(new JudgeConnection.Address(url, user, password), true);
  }

  /// A judge on a customer's server, which writes each refused text to its log: texts that may hold
  /// a password are not judged there.
  ///
  /// @throws SQLException if there is no connection, or the server does not judge as PostgreSQL
  ///   does
  public static PostgresqlJudge onForeignServer(String url, String user, @Nullable String password)
      throws SQLException {
    return new PostgresqlJudge(new JudgeConnection.Address(url, user, password), false);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Judgement judge(String sql) {
    var reason = reasonNotToAsk(sql);
    if (reason.isPresent()) {
      return new Judgement.NotJudged(reason.get());
    }
    turn.lock();
    try {
      return ended == null ? ask(sql) : new Judgement.Unavailable(ended);
    } catch (SQLException e) {
      return new Judgement.Unavailable(
          "%s does not answer: %s".formatted(name, String.valueOf(e.getMessage())));
    } finally {
      turn.unlock();
    }
  }

  @Override
  public void close() {
    turn.lock();
    try {
      ended = "the judge is closed";
      disconnect();
    } finally {
      turn.unlock();
    }
  }

  private Optional<String> reasonNotToAsk(String sql) {
    if (sql.indexOf('\0') >= 0) {
      return Optional.of("it holds a NUL character");
    }
    // Cheaper than encoding: no character takes less than one byte.
    if (sql.length() > MOST_BYTES || sql.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
      return Optional.of("it is larger than %d KB".formatted(MOST_BYTES >> 10));
    }
    if (!ours && sql.toUpperCase(Locale.ROOT).contains("PASSWORD")) {
      return Optional.of("it may hold a password, which %s would log".formatted(name));
    }
    return Optional.empty();
  }

  private Judgement ask(String sql) throws SQLException {
    if (!connected) {
      reconnect();
    }
    var failure = connection.send(FAILS_FIRST + sql);
    if (failure != null && isLost(failure)) {
      reconnect();
      failure = connection.send(FAILS_FIRST + sql);
    }
    if (failure == null || READ_ONLY.equals(failure.getSQLState())) {
      return alarm();
    }
    if (isLost(failure)) {
      disconnect();
    }
    return judgement(failure, sql, connection.countsBytes());
  }

  /// Nothing that we know of leads here; if anything does, it must not happen twice.
  private Judgement alarm() {
    var reason = name + " executed a text that it was only to judge, and is not asked again";
    ended = reason;
    disconnect();
    LOG.error("{}: {}", address, reason);
    return new Judgement.Unavailable(reason);
  }

  private static Judgement judgement(SQLException failure, String sql, boolean countsBytes) {
    var state = String.valueOf(failure.getSQLState());
    return switch (state) {
      case DIVISION_BY_ZERO -> new Judgement.Accepted();
      case SYNTAX_ERROR -> {
        var told = failure instanceof PSQLException e ? e.getServerErrorMessage() : null;
        yield new Judgement.Refused(message(failure, told), offset(told, sql, countsBytes));
      }
      default -> new Judgement.NotJudged("%s (%s)".formatted(failure.getMessage(), state));
    };
  }

  private static String message(SQLException failure, @Nullable ServerErrorMessage told) {
    var message = told == null ? failure.getMessage() : told.getMessage();
    return message == null ? "syntax error" : message;
  }

  /// The server's position is 1-based and counts our statement too.
  private static int offset(@Nullable ServerErrorMessage told, String sql, boolean countsBytes) {
    var units = (told == null ? 0 : told.getPosition()) - 1 - FAILS_FIRST.length();
    var offset = 0;
    while (units > 0 && offset < sql.length()) {
      var character = sql.codePointAt(offset);
      offset += Character.charCount(character);
      units -= countsBytes ? bytes(character) : 1;
    }
    return offset;
  }

  private static int bytes(int character) {
    return character < 0x80 ? 1 : character < 0x800 ? 2 : character < 0x10000 ? 3 : 4;
  }

  private static boolean isLost(SQLException failure) {
    var state = String.valueOf(failure.getSQLState());
    return state.startsWith("08") || SERVER_GOES.contains(state);
  }

  private void reconnect() throws SQLException {
    disconnect();
    connection = open(address);
    connected = true;
  }

  private void disconnect() {
    connected = false;
    connection.close();
  }

  /// Only a server that answers two known questions rightly is asked unknown ones: others speak the
  /// protocol of PostgreSQL too, and may execute as they parse.
  private static JudgeConnection open(JudgeConnection.Address address) throws SQLException {
    var opened = JudgeConnection.open(address);
    var accepted = state(opened.send(FAILS_FIRST));
    var refused = state(opened.send(FAILS_FIRST + "select 1; selec 2"));
    if (accepted.equals(DIVISION_BY_ZERO) && refused.equals(SYNTAX_ERROR)) {
      return opened;
    }
    opened.close();
    throw new SQLException(
        "%s does not judge as PostgreSQL does: it answered %s and %s (expected: %s and %s)"
            .formatted(address, accepted, refused, DIVISION_BY_ZERO, SYNTAX_ERROR));
  }

  private static String state(@Nullable SQLException failure) {
    return failure == null ? "success" : String.valueOf(failure.getSQLState());
  }
}
