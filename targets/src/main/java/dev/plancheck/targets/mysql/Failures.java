// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.mysql;

import static dev.plancheck.targets.login.Causes.cause;
import static dev.plancheck.targets.login.Causes.isTimeout;
import static dev.plancheck.targets.mysql.ErrorCodes.*;

import dev.plancheck.checks.target.TargetConnector.Limits;
import dev.plancheck.checks.target.TargetException;
import dev.plancheck.checks.target.TargetException.Kind;
import dev.plancheck.engine.Engine;
import dev.plancheck.targets.login.Endpoint;
import dev.plancheck.targets.login.TimeWords;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import javax.net.ssl.SSLException;

/// Turns what the driver and the server say into sentences for people. They name the endpoint,
/// never a password and never the text of a statement.
record Failures(Endpoint endpoint, Engine engine, Limits limits) {
  /// What went wrong while connecting.
  TargetException connecting(SQLException failure) {
    if (Thread.currentThread().isInterrupted()) {
      return canceled();
    }
    return switch (failure.getErrorCode()) {
      case ACCESS_DENIED ->
          failed(
              Kind.NOT_PERMITTED,
              "%s refuses the password of the user \"%s\" (or there is no such user for the host from"
                      .formatted(endpoint.address(), endpoint.user())
                  + " which plancheck connects).");
      case ACCOUNT_LOCKED, ACCOUNT_LOCKED_MARIADB ->
          failed(
              Kind.NOT_PERMITTED,
              "%s does not let the user \"%s\" in: the account is locked."
                  .formatted(endpoint.address(), endpoint.user()));
      case MUST_CHANGE_PASSWORD, PASSWORD_EXPIRED ->
          failed(
              Kind.NOT_PERMITTED,
              "The password of the user \"%s\" at %s has expired. Set a new one."
                  .formatted(endpoint.user(), endpoint.address()));
      case UNKNOWN_DATABASE ->
          failed(
              Kind.MISSING,
              "There is no database \"%s\" at %s. Was it dropped or renamed? Correct the target."
                  .formatted(endpoint.database(), endpoint.address()));
      case DATABASE_DENIED -> noRight("SELECT", quoted(endpoint.database()) + ".*");
      case TOO_MANY_CONNECTIONS, TOO_MANY_OF_USER, USER_LIMIT_REACHED ->
          failed(
              Kind.BUSY,
              "%s has too many connections%s. Try again later, or lower the number of connections per"
                      .formatted(
                          endpoint.address(),
                          failure.getErrorCode() == TOO_MANY_CONNECTIONS
                              ? ""
                              : " of the user \"" + endpoint.user() + "\"")
                  + " instance.");
      case SERVER_SHUTDOWN ->
          failed(
              Kind.BUSY,
              "%s does not accept connections now: it stops. Try again later."
                  .formatted(endpoint.address()));
      case HOST_BLOCKED, HOST_NOT_ALLOWED ->
          failed(
              Kind.REFUSED,
              "%s lets nobody in from the host that plancheck runs on."
                  .formatted(endpoint.address()));
      case TLS_REQUIRED ->
          failed(
              Kind.REFUSED,
              "%s takes connections with TLS only, which is off for this instance."
                  .formatted(endpoint.address()));
      default -> unreachable(failure);
    };
  }

  /// What went wrong while the server worked on a question of ours.
  TargetException asking(SQLException failure) {
    return switch (failure.getErrorCode()) {
      case STATEMENT_TIMEOUT_MYSQL, STATEMENT_TIMEOUT_MARIADB ->
          failed(
              Kind.TIMED_OUT,
              "\"%s\" at %s needed more than %s for one statement, the time limit."
                  .formatted(
                      endpoint.database(), endpoint.address(), TimeWords.of(limits.statement())));
      case LOCK_WAIT_TIMEOUT ->
          failed(
              Kind.TIMED_OUT,
              "\"%s\" at %s had a lock in the way for more than %s, the time limit. Another session is"
                      .formatted(
                          endpoint.database(), endpoint.address(), TimeWords.of(limits.lock()))
                  + " changing what this check reads.");
      case TABLE_DENIED, COLUMN_DENIED, DATABASE_DENIED, ROUTINE_DENIED, RIGHT_DENIED ->
          noRight("SELECT", quoted(endpoint.database()) + ".*");
      case UNKNOWN_DATABASE ->
          failed(
              Kind.MISSING,
              "The database \"%s\" at %s was dropped in the middle of a check."
                  .formatted(endpoint.database(), endpoint.address()));
      case INTERRUPTED, CONNECTION_KILLED, SERVER_SHUTDOWN ->
          failed(
              Kind.UNREACHABLE,
              "%s ended the session with \"%s\": the server stops, or an administrator ended it."
                  .formatted(endpoint.address(), endpoint.database()));
      default -> lostOrOther(failure);
    };
  }

  TargetException canceled() {
    return failed(
        Kind.CANCELED,
        "The check of \"%s\" at %s was canceled."
            .formatted(endpoint.database(), endpoint.address()));
  }

  /// A right that is missing, with the statement that gives it. `on` is written as in SQL.
  TargetException noRight(String right, String on) {
    return failed(
        Kind.NOT_PERMITTED,
        "The user \"%s\" may not see %s at %s, or it is not there. If it is: GRANT %s ON %s TO the user."
            .formatted(endpoint.user(), on, endpoint.address(), right, on));
  }

  private static String quoted(String name) {
    return Literals.name(name);
  }

  private TargetException unreachable(SQLException failure) {
    var address = endpoint.address();
    if (cause(failure, UnknownHostException.class) != null) {
      return failed(
          Kind.UNREACHABLE, "No host is known under the name \"%s\".".formatted(endpoint.host()));
    }
    if (cause(failure, NoRouteToHostException.class) != null) {
      return failed(Kind.UNREACHABLE, "There is no route to %s.".formatted(address));
    }
    var refused = cause(failure, ConnectException.class);
    if (refused != null && !isTimeout(refused)) {
      return failed(
          Kind.UNREACHABLE,
          "Nothing listens at %s. Check host and port, and that the server runs."
              .formatted(address));
    }
    var said = String.valueOf(failure.getMessage());
    if (said.contains("ssl not enabled")) {
      return failed(
          Kind.REFUSED, "%s offers no TLS, and the instance asks for it.".formatted(address));
    }
    if (cause(failure, SSLException.class) != null || said.contains("Self signed")) {
      return failed(
          Kind.REFUSED,
          "TLS with %s failed: its certificate is not trusted, or names another host. Check the TLS mode"
                  .formatted(address)
              + " of the instance and the trusted certificates.");
    }
    if (said.contains("RSA public key") || said.contains("allowPublicKeyRetrieval")) {
      return failed(
          Kind.REFUSED,
          "%s takes the password of \"%s\" only over TLS.".formatted(address, endpoint.user()));
    }
    if (said.contains("authentication plugin") || said.contains("authentication protocol")) {
      return failed(
          Kind.NOT_PERMITTED,
          "%s asks the user \"%s\" for a kind of login that is not supported here."
              .formatted(address, endpoint.user()));
    }
    if (failure.getErrorCode() > 0) {
      return failed(
          Kind.REFUSED,
          "%s refuses the connection with error %d.".formatted(address, failure.getErrorCode()));
    }
    return failed(
        Kind.UNREACHABLE,
        "%s gave no answer of a %s server within %s."
            .formatted(address, engine.title(), TimeWords.of(limits.connect())));
  }

  private TargetException lostOrOther(SQLException failure) {
    if (cause(failure, SocketTimeoutException.class) != null) {
      return failed(
          Kind.TIMED_OUT,
          "%s has fallen silent in the middle of a check of \"%s\"."
              .formatted(endpoint.address(), endpoint.database()));
    }
    if (ErrorCodes.isOfConnection(failure)) {
      return failed(
          Kind.UNREACHABLE,
          "The connection to \"%s\" at %s broke in the middle of a check: the server stopped, an"
                  .formatted(endpoint.database(), endpoint.address())
              + " administrator ended it, or the network failed.");
    }
    return failed(
        Kind.OTHER,
        "\"%s\" at %s answered with error %d (SQLSTATE %s)."
            .formatted(
                endpoint.database(),
                endpoint.address(),
                failure.getErrorCode(),
                failure.getSQLState()));
  }

  private static TargetException failed(Kind kind, String message) {
    return new TargetException(kind, message);
  }
}
