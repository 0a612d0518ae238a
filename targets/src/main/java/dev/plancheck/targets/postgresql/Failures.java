// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.postgresql;

import static dev.plancheck.targets.login.Causes.cause;
import static dev.plancheck.targets.login.Causes.isTimeout;

import dev.plancheck.checks.plan.Instance.TlsMode;
import dev.plancheck.checks.target.TargetConnector.Limits;
import dev.plancheck.checks.target.TargetException;
import dev.plancheck.checks.target.TargetException.Kind;
import dev.plancheck.targets.login.Endpoint;
import dev.plancheck.targets.login.TimeWords;
import dev.plancheck.targets.postgresql.wire.ProtocolException;
import java.io.EOFException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.postgresql.util.PSQLException;

/// Turns what the driver and the server say into sentences for people. They name the endpoint,
/// never a password and never the text of a statement.
///
/// SQLSTATE codes are those of the PostgreSQL manual, appendix A.
record Failures(Endpoint endpoint, Limits limits) {
  /// What went wrong while connecting.
  TargetException connecting(SQLException failure) {
    if (Thread.currentThread().isInterrupted()) {
      return canceled();
    }
    return switch (state(failure)) {
      case "28P01" -> wrongPassword();
      case "28000" -> notAuthorized(failure);
      case "08004" -> rejected(failure);
      case "3D000" ->
          failed(
              Kind.MISSING,
              "There is no database \"%s\" at %s. Was it dropped or renamed? Correct the target."
                  .formatted(endpoint.database(), endpoint.address()));
      case "53300" ->
          failed(
              Kind.BUSY,
              "%s has too many connections%s. Try again later, or lower the number of connections"
                      .formatted(endpoint.address(), said(failure))
                  + " per instance.");
      case "57P03" ->
          failed(
              Kind.BUSY,
              "%s does not accept connections now%s. Try again later."
                  .formatted(endpoint.address(), said(failure)));
      case "42501" ->
          failed(
              Kind.NOT_PERMITTED,
              "The user \"%s\" may not connect to the database \"%s\" at %s. GRANT CONNECT ON DATABASE to"
                      .formatted(endpoint.user(), endpoint.database(), endpoint.address())
                  + " the user.");
      default -> unreachable(failure);
    };
  }

  /// What went wrong while the server worked on a question of ours.
  TargetException asking(SQLException failure) {
    return switch (state(failure)) {
      case "57014" ->
          failed(
              Kind.TIMED_OUT,
              "\"%s\" at %s needed more than %s for one statement, the time limit."
                  .formatted(
                      endpoint.database(), endpoint.address(), TimeWords.of(limits.statement())));
      case "55P03" ->
          failed(
              Kind.TIMED_OUT,
              "\"%s\" at %s had a lock in the way for more than %s, the time limit. Another session is"
                      .formatted(
                          endpoint.database(), endpoint.address(), TimeWords.of(limits.lock()))
                  + " changing what this check reads.");
      case "42501" ->
          failed(
              Kind.NOT_PERMITTED,
              "The user \"%s\" lacks a right in \"%s\" at %s%s."
                  .formatted(
                      endpoint.user(), endpoint.database(), endpoint.address(), said(failure)));
      case "57P04" -> dropped();
      case "57P01", "57P02", "57P03" ->
          failed(
              Kind.UNREACHABLE,
              "%s ended the session with \"%s\": the server stops, or an administrator ended it, or the"
                      .formatted(endpoint.address(), endpoint.database())
                  + " database was dropped.");
      default -> lostOrOther(failure);
    };
  }

  TargetException canceled() {
    return failed(
        Kind.CANCELED,
        "The check of \"%s\" at %s was canceled."
            .formatted(endpoint.database(), endpoint.address()));
  }

  /// The server's own words; empty for a failure on our side of the socket.
  static Optional<String> serverMessage(SQLException failure) {
    return failure instanceof PSQLException told && told.getServerErrorMessage() != null
        ? Optional.ofNullable(told.getServerErrorMessage().getMessage())
        : Optional.empty();
  }

  static String state(SQLException failure) {
    return failure.getSQLState() == null ? "" : failure.getSQLState();
  }

  private TargetException wrongPassword() {
    return failed(
        Kind.NOT_PERMITTED,
        "%s refuses the password of the user \"%s\" (or there is no such user)."
            .formatted(endpoint.address(), endpoint.user()));
  }

  private TargetException notAuthorized(SQLException failure) {
    var advice =
        switch (endpoint.tls()) {
          case DISABLE -> " It may want TLS, which is off for this instance.";
          case PREFER, REQUIRE, VERIFY_CA, VERIFY_FULL -> "";
        };
    return failed(
        Kind.NOT_PERMITTED,
        "%s does not let the user \"%s\" in%s.%s"
            .formatted(endpoint.address(), endpoint.user(), said(failure), advice));
  }

  private TargetException rejected(SQLException failure) {
    if (serverMessage(failure).isPresent()) {
      return notAuthorized(failure);
    }
    // The driver's own words, in the language of the machine: this much they have in common.
    return String.valueOf(failure.getMessage()).contains("SSL")
        ? failed(
            Kind.REFUSED,
            "%s offers no TLS, and the instance asks for it.".formatted(endpoint.address()))
        : failed(
            Kind.NOT_PERMITTED,
            "%s asks for a password of the user \"%s\", or for a kind of login that is not supported, and"
                    .formatted(endpoint.address(), endpoint.user())
                + " no password was given that fits.");
  }

  private TargetException unreachable(SQLException failure) {
    var address = endpoint.address();
    var protocol = cause(failure, ProtocolException.class);
    if (protocol != null) {
      return failed(
          Kind.REFUSED,
          "The login at %s was given up: %s.".formatted(address, protocol.getMessage()));
    }
    if (cause(failure, UnknownHostException.class) != null) {
      return failed(
          Kind.UNREACHABLE, "No host is known under the name \"%s\".".formatted(endpoint.host()));
    }
    var refused = cause(failure, ConnectException.class);
    if (refused != null && !isTimeout(refused)) {
      return failed(
          Kind.UNREACHABLE,
          "Nothing listens at %s. Check host and port, and that the server runs."
              .formatted(address));
    }
    if (cause(failure, NoRouteToHostException.class) != null) {
      return failed(Kind.UNREACHABLE, "There is no route to %s.".formatted(address));
    }
    var tls = cause(failure, SSLException.class);
    if (tls != null) {
      return failed(
          Kind.REFUSED,
          "TLS with %s failed: %s. Check the TLS mode of the instance and the trusted certificates."
              .formatted(address, tls.getMessage()));
    }
    if (endpoint.tls().compareTo(TlsMode.REQUIRE) >= 0
        && serverMessage(failure).isEmpty()
        && cause(failure, SocketTimeoutException.class) == null
        && !state(failure).equals("08001")) {
      return failed(
          Kind.REFUSED,
          "TLS with %s failed: its certificate is not trusted, or names another host."
              .formatted(address));
    }
    if (serverMessage(failure).isPresent()) {
      return failed(Kind.REFUSED, "%s refuses the connection%s.".formatted(address, said(failure)));
    }
    return failed(
        Kind.UNREACHABLE,
        "%s gave no answer of a PostgreSQL server within %s."
            .formatted(address, TimeWords.of(limits.connect())));
  }

  private TargetException lostOrOther(SQLException failure) {
    if (cause(failure, SocketTimeoutException.class) != null) {
      return failed(
          Kind.TIMED_OUT,
          "%s has fallen silent in the middle of a check of \"%s\"."
              .formatted(endpoint.address(), endpoint.database()));
    }
    var protocol = cause(failure, ProtocolException.class);
    if (protocol != null) {
      return failed(
          Kind.OTHER,
          "What %s answered about \"%s\" cannot be read: %s."
              .formatted(endpoint.address(), endpoint.database(), protocol.getMessage()));
    }
    if (state(failure).startsWith("08") || cause(failure, EOFException.class) != null) {
      return failed(
          Kind.UNREACHABLE,
          "The connection to \"%s\" at %s broke in the middle of a check: the server stopped, the"
                  .formatted(endpoint.database(), endpoint.address())
              + " database was dropped, or the network failed.");
    }
    return failed(
        Kind.OTHER,
        "\"%s\" at %s answered with an error, %s%s."
            .formatted(endpoint.database(), endpoint.address(), state(failure), said(failure)));
  }

  private TargetException dropped() {
    return failed(
        Kind.MISSING,
        "The database \"%s\" at %s was dropped in the middle of a check."
            .formatted(endpoint.database(), endpoint.address()));
  }

  private static TargetException failed(Kind kind, String message) {
    return new TargetException(kind, message);
  }

  private static String said(SQLException failure) {
    return serverMessage(failure).map(": %s"::formatted).orElse("");
  }
}
