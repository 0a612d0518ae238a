// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.postgresql;

import dev.plancheck.checks.target.RowEstimate;
import dev.plancheck.checks.target.RowEstimate.MissingObject;
import dev.plancheck.checks.target.RowEstimate.MissingRight;
import dev.plancheck.checks.target.RowEstimate.NotAvailable;
import dev.plancheck.checks.target.TargetConnector.Limits;
import dev.plancheck.targets.login.TimeWords;
import java.sql.SQLException;
import java.util.Set;

/// Why the server did not plan a statement, in words that repeat no value of it.
///
/// SQLSTATE codes are those of the PostgreSQL manual, appendix A.
record Refusals(Limits limits, String user) {
  /// What a script may bring about itself: undefined table, column, function or operator, other
  /// object, schema; no unique constraint for ON CONFLICT; a type that does not fit or convert.
  private static final Set<String> MISSING =
      Set.of("42P01", "42703", "42883", "42704", "3F000", "42P10", "42804", "42846");

  private static final String NO_RIGHT = "42501";

  /// Throws the failure again when it is not about the statement but about the connection.
  RowEstimate of(Plannable statement, SQLException failure) throws SQLException {
    var state = Failures.state(failure);
    var said = Failures.serverMessage(failure);
    if (said.isEmpty() || state.startsWith("08") || state.startsWith("57P")) {
      throw failure;
    }
    if (MISSING.contains(state)) {
      return new MissingObject(statement.index(), said.get());
    }
    return state.equals(NO_RIGHT)
        ? new MissingRight(
            statement.index(),
            "%s; planning needs the rights of the statement: GRANT %s ON %s TO %s"
                .formatted(said.get(), statement.rights(), statement.target(), user))
        : new NotAvailable(statement.index(), reason(state, said.get()));
  }

  RowEstimate ofRole(Plannable statement, String role, SQLException failure) throws SQLException {
    if (Failures.serverMessage(failure).isEmpty()) {
      throw failure;
    }
    return new NotAvailable(
        statement.index(),
        "it runs as the role %s, which the user %s cannot take here".formatted(role, user));
  }

  private String reason(String state, String said) {
    return switch (state) {
      case "57014" ->
          "planning took longer than %s, the time limit of a statement"
              .formatted(TimeWords.of(limits.statement()));
      case "55P03" ->
          "another session held a lock that planning needs, for more than %s"
              .formatted(TimeWords.of(limits.lock()));
      case "25006" -> "planning it tried to write";
      // These repeat values of the statement.
      case "42601" -> "PostgreSQL finds a syntax error in it";
      default ->
          state.startsWith("42") || state.startsWith("0A")
              ? said
              : "PostgreSQL refuses to plan it with error %s (PostgreSQL manual, appendix A)"
                  .formatted(state);
    };
  }
}
