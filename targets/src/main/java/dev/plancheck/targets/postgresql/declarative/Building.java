// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.postgresql.declarative;

import dev.plancheck.checks.declarative.Difference;
import dev.plancheck.engine.dialect.Script;
import dev.plancheck.engine.dialect.ScriptStatement;
import dev.plancheck.engine.text.Span;
import dev.plancheck.targets.postgresql.declarative.Witness.Extension;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.postgresql.util.PSQLException;

/// Runs texts on scratch databases, and says what is wrong with them.
final class Building {
  private static final Pattern EXTENSION =
      Pattern.compile("\\s*CREATE\\s+EXTENSION\\b.*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  private Building() {}

  /// Builds a wanted schema. Throws a refusal for what is wrong with it.
  static void wanted(Connection connection, Script script) throws SQLException, Refusal {
    for (var statement : script.statements()) {
      var text = script.source().slice(statement.span());
      try {
        run(connection, text);
      } catch (SQLException e) {
        if (!isOfText(e)) {
          throw e;
        }
        throw EXTENSION.matcher(text).matches()
            ? Refusal.because(
                "the server on which differences are computed cannot make an extension of the sheet: %s"
                    .formatted(words(e)))
            : new Refusal(new Difference.Flawed(words(e), place(script, statement, e)));
      }
    }
  }

  /// Those that could not be made are answered, with the reason.
  static List<String> extensions(Connection connection, List<Extension> extensions)
      throws SQLException {
    var missing = new ArrayList<String>();
    for (var extension : extensions) {
      try {
        run(
            connection,
            "CREATE SCHEMA IF NOT EXISTS %s; CREATE EXTENSION IF NOT EXISTS %s SCHEMA %s"
                .formatted(
                    quoted(extension.schema()),
                    quoted(extension.name()),
                    quoted(extension.schema())));
      } catch (SQLException e) {
        if (!isOfText(e)) {
          throw e;
        }
        missing.add(extension.name());
      }
    }
    return missing;
  }

  /// All in one transaction.
  static void whole(Connection connection, String text) throws SQLException {
    run(connection, text);
  }

  static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  /// The server's own words, without its way of shouting.
  static String words(SQLException failure) {
    if (failure instanceof PSQLException told && told.getServerErrorMessage() != null) {
      var message = told.getServerErrorMessage();
      var detail = message.getDetail();
      return message.getMessage() + (detail == null ? "" : " (%s)".formatted(detail));
    }
    return String.valueOf(failure.getMessage());
  }

  /// Whether the server spoke of what it was sent, and not of itself, its limits or the line.
  static boolean isOfText(SQLException failure) {
    var state = failure.getSQLState() == null ? "" : failure.getSQLState();
    return failure instanceof PSQLException told
        && told.getServerErrorMessage() != null
        && !state.startsWith("57")
        && !state.startsWith("53")
        && !state.startsWith("58")
        && !state.startsWith("XX");
  }

  private static void run(Connection connection, String text) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      statement.execute(text);
    }
  }

  /// The word that the server points at, else the whole statement.
  private static Span place(Script script, ScriptStatement statement, SQLException failure) {
    var span = statement.span();
    var told = ((PSQLException) failure).getServerErrorMessage();
    var position = told == null ? 0 : told.getPosition();
    var text = script.source().slice(span);
    if (position < 1 || position > text.codePointCount(0, text.length())) {
      return span;
    }
    var start = text.offsetByCodePoints(0, position - 1);
    var end = start;
    while (end < text.length() && Character.isUnicodeIdentifierPart(text.codePointAt(end))) {
      end += Character.charCount(text.codePointAt(end));
    }
    return new Span(start, end > start ? end : start + Character.charCount(text.codePointAt(start)))
        .shift(span.start());
  }
}
