// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.postgresql;

import dev.plancheck.engine.dialect.Script;
import dev.plancheck.engine.dialect.ScriptStatement;
import dev.plancheck.engine.sql.ObjectName;
import dev.plancheck.engine.sql.Statement;
import java.sql.SQLException;
import java.util.Optional;
import org.postgresql.core.Parser;

/// A statement whose text may stand behind EXPLAIN: it changes rows, and it is one command.
///
/// The server takes only one command of a text that is sent alone, which is the last guard. Before
/// it, the splitter of the JDBC driver is asked, with both meanings of a backslash.
record Plannable(int index, Statement statement, String text, ObjectName target, Words words) {
  private static final int MOST_CHARACTERS = 1 << 20;

  /// Why the statement has no plan to ask for; empty for one that has.
  static Optional<String> obstacle(Script script, ScriptStatement statement) {
    if (target(statement.statement()).isEmpty()) {
      return Optional.of("statements of its kind have no plan");
    }
    if (!statement.plain()) {
      return Optional.of("a server never gets it as it stands");
    }
    if (statement.span().length() > MOST_CHARACTERS) {
      return Optional.of(
          "it is longer than %d characters, too long to plan".formatted(MOST_CHARACTERS));
    }
    return isOneCommand(script.source().slice(statement.span()))
        ? Optional.empty()
        : Optional.of("it may be more than one command");
  }

  /// Only for statements without an [#obstacle].
  static Plannable of(Script script, ScriptStatement statement) {
    var text = script.source().slice(statement.span());
    return new Plannable(
        statement.index(),
        statement.statement(),
        text,
        target(statement.statement()).orElseThrow(),
        Words.of(text));
  }

  /// What it takes to plan it, as a GRANT names it.
  String rights() {
    return switch (statement) {
      case Statement.Insert _ -> "INSERT (and SELECT on what it reads)";
      case Statement.Update _ -> "SELECT, UPDATE";
      case Statement.Delete _ -> "SELECT, DELETE";
      default -> "SELECT, INSERT, UPDATE, DELETE";
    };
  }

  private static Optional<ObjectName> target(Statement statement) {
    return switch (statement) {
      case Statement.Insert insert -> Optional.of(insert.table());
      case Statement.Update update -> Optional.of(update.table());
      case Statement.Delete delete -> Optional.of(delete.table());
      case Statement.Merge merge -> Optional.of(merge.table());
      case Statement.Select select ->
          select.query().writes().stream().flatMap(write -> target(write).stream()).findFirst();
      default -> Optional.empty();
    };
  }

  private static boolean isOneCommand(String text) {
    try {
      return Parser.parseJdbcSql(text, true, false, true, false, false).size() == 1
          && Parser.parseJdbcSql(text, false, false, true, false, false).size() == 1;
    } catch (SQLException _) {
      return false;
    }
  }
}
