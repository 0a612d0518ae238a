// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.postgresql.change;

import dev.plancheck.checks.rollout.ChangeOutcome.Failed;
import dev.plancheck.engine.dialect.Script;
import dev.plancheck.engine.dialect.ScriptStatement;
import dev.plancheck.engine.text.Position;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Set;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/// What the server complains of, for people: its words and code, and the place in the sheet. Its
/// details can hold values of rows and are left out (codes: PostgreSQL manual, appendix A).
record Faults(Script script, boolean countsBytes) {
  static final String DUPLICATE_KEY = "23505";
  static final String LOCK_TIMEOUT = "55P03";
  static final String CANCELED = "57014";
  static final String MISSING_RIGHT = "42501";

  /// Lock timeout, deadlock, conflict of serializable transactions.
  private static final Set<String> PASSING = Set.of(LOCK_TIMEOUT, "40P01", "40001");

  static boolean isPassing(SQLException failure) {
    return PASSING.contains(state(failure));
  }

  static String state(SQLException failure) {
    return failure.getSQLState() == null ? "" : failure.getSQLState();
  }

  static String words(SQLException failure) {
    return failure instanceof PSQLException told && told.getServerErrorMessage() != null
        ? "%s (SQLSTATE %s)".formatted(told.getServerErrorMessage().getMessage(), state(failure))
        : "the connection was lost";
  }

  /// A failure of a statement, at the place that the server names, else where it begins.
  Failed failed(ScriptStatement statement, SQLException failure, int appliedBefore) {
    return failed(statement, failure, "", appliedBefore);
  }

  /// With more words behind the server's.
  Failed failed(ScriptStatement statement, SQLException failure, String more, int appliedBefore) {
    return failed(statement, words(failure) + more, offset(statement, failure), appliedBefore);
  }

  Failed failed(ScriptStatement statement, String error, int appliedBefore) {
    return failed(statement, error, statement.span().start(), appliedBefore);
  }

  Failed failed(ScriptStatement statement, String error, int offset, int appliedBefore) {
    return new Failed(error, statement.index() + 1, place(offset), appliedBefore);
  }

  private Position place(int offset) {
    return script.source().position(offset);
  }

  private int offset(ScriptStatement statement, SQLException failure) {
    var span = statement.span();
    var position =
        failure instanceof PSQLException told && told.getServerErrorMessage() != null
            ? position(told.getServerErrorMessage())
            : 0;
    if (position < 1) {
      return span.start();
    }
    var text = script.source().slice(span);
    return span.start() + (countsBytes ? inBytes(text, position) : inCharacters(text, position));
  }

  private static int position(ServerErrorMessage message) {
    return message.getPosition();
  }

  private static int inCharacters(String text, int position) {
    var characters = text.codePointCount(0, text.length());
    return text.offsetByCodePoints(0, Math.min(position - 1, characters));
  }

  /// As a server without an encoding counts.
  private static int inBytes(String text, int position) {
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    return new String(bytes, 0, Math.min(position - 1, bytes.length), StandardCharsets.UTF_8)
        .length();
  }
}
