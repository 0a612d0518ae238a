// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.declarative;

import dev.plancheck.engine.dialect.Script;
import dev.plancheck.engine.dialect.ScriptStatement;
import dev.plancheck.engine.review.Finding;
import dev.plancheck.engine.review.OwnFinding;
import dev.plancheck.engine.review.Status;
import dev.plancheck.engine.sql.Statement;
import dev.plancheck.engine.text.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Whether a sheet is a wanted schema at all: nothing but statements that make, change and comment
/// objects. Anything else is refused rather than left out, because a comparison of schemas would
/// never show it.
public final class WantedSheet {
  /// Also what pg_dump begins its scripts with.
  private static final Pattern DECLARES =
      Pattern.compile(
          """
          CREATE\\s+(OR\\s+REPLACE\\s+)?((UNLOGGED|UNIQUE|MATERIALIZED|RECURSIVE|CONSTRAINT)\\s+)*\
          (TABLE|INDEX|VIEW|SEQUENCE|SCHEMA|TYPE|DOMAIN|FUNCTION|PROCEDURE|AGGREGATE|TRIGGER|RULE\
          |POLICY|STATISTICS|EXTENSION|OPERATOR|CAST|COLLATION|CONVERSION|TEXT\\s+SEARCH)\\b.*\
          |ALTER\\s+(TABLE|INDEX|(MATERIALIZED\\s+)?VIEW|SEQUENCE|TYPE|DOMAIN|FUNCTION|PROCEDURE\
          |AGGREGATE|TRIGGER|POLICY|STATISTICS|OPERATOR|COLLATION|CONVERSION|TEXT\\s+SEARCH)\\b.*\
          |COMMENT\\s+ON\\b.*\
          |SET\\s+(SESSION\\s+|LOCAL\\s+)?(?!ROLE\\b|SESSION\\b)\\w+\\s*(=|TO\\b).*\
          |SELECT\\s+pg_catalog\\.set_config\\('search_path',\\s*'',\\s*false\\)\\s*\
          """,
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  private static final Pattern OWNER =
      Pattern.compile(
          "ALTER\\b[^']*\\bOWNER\\s+TO\\b.*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  private static final Pattern FIRST_WORDS = Pattern.compile("\\w+(\\s+\\w+)?");

  private WantedSheet() {}

  /// What is wrong with it, in order; none if it can be built.
  public static List<Finding> flaws(Script sheet) {
    if (sheet.statements().isEmpty()) {
      return List.of(
          flaw(
              sheet,
              new Span(0, 0),
              "The sheet has no statement: as a wanted schema it would drop everything."));
    }
    var flaws = new ArrayList<Finding>();
    for (var statement : sheet.statements()) {
      var wrong = wrong(sheet, statement);
      if (wrong != null) {
        flaws.add(wrong);
      }
    }
    return flaws;
  }

  /// A place where it could not be built, in a database's own words.
  public static Finding flaw(Script sheet, Span at, String message) {
    var info = OwnFinding.DECLARATIVE_SHEET.info();
    return new Finding(info.id(), Status.ERROR, info.title(), message, sheet.source().range(at));
  }

  private static @Nullable Finding wrong(Script sheet, ScriptStatement statement) {
    if (statement.statement() instanceof Statement.Invalid(var message, var at, var judge)) {
      return flaw(sheet, at, "%s (refused by %s).".formatted(message, judge));
    }
    var why = refusal(sheet.source().slice(statement.span()), statement);
    return why == null ? null : flaw(sheet, statement.span(), why);
  }

  private static @Nullable String refusal(String text, ScriptStatement statement) {
    if (!DECLARES.matcher(text).matches() || !statement.plain()) {
      return "%s is no part of a wanted schema, which says what there is and nothing else."
          .formatted(firstWords(text));
    }
    if (statement.statement() instanceof Statement.CreateTableAs) {
      return "CREATE TABLE AS takes data along: write down the columns.";
    }
    return OWNER.matcher(text).matches()
        ? "Owners are no part of a wanted schema: they stay as they are."
        : null;
  }

  private static String firstWords(String text) {
    var words = FIRST_WORDS.matcher(text);
    return words.lookingAt() ? words.group().replaceAll("\\s+", " ") : "This";
  }
}
