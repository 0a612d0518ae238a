// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.dialect.postgresql;

import dev.plancheck.engine.Engine;
import dev.plancheck.engine.EngineVersion;
import dev.plancheck.engine.dialect.Dialect;
import dev.plancheck.engine.dialect.NotLowered;
import dev.plancheck.engine.dialect.Script;
import dev.plancheck.engine.dialect.ScriptStatement;
import dev.plancheck.engine.sql.Query;
import dev.plancheck.engine.sql.Statement;
import dev.plancheck.engine.text.SourceText;
import dev.plancheck.engine.text.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.StatementContext;

/// PostgreSQL's SQL, of every version that the grammar knows: newer syntax than the target
/// understands is for rules to find.
///
/// Safe for use by several threads: what the parser learns is shared, and thrown away as a whole
/// when it grows too large.
public final class PostgresqlDialect implements Dialect {
  /// A larger statement is not analysed: its tree would take a hundred times its size.
  static final int MAX_STATEMENT = 256 * 1024;

  /// Deeper brackets are not analysed; the parser would need seconds, and then overflow the stack.
  static final int MAX_DEPTH = 300;

  /// How often the size of what was learned is looked at.
  private static final int STATEMENTS_PER_LOOK = 500;

  private volatile PredictionCaches caches = new PredictionCaches();

  @Override
  public Engine engine() {
    return Engine.POSTGRESQL;
  }

  @Override
  public Script parse(SourceText source, EngineVersion version) {
    var text = source.text();
    var found = Splitter.split(text);
    var statements = new ArrayList<ScriptStatement>();
    for (var piece : found.pieces()) {
      var index = statements.size();
      if (index % STATEMENTS_PER_LOOK == 0 && caches.full()) {
        caches = new PredictionCaches();
      }
      statements.add(
          new ScriptStatement(index, piece.span(), statement(text, piece), piece.isPlain()));
    }
    return new Script(source, version, statements, found.comments());
  }

  private Statement statement(String script, Piece piece) {
    return switch (piece) {
      case Piece.Sql(var span, var depth) -> sql(script, span, depth);
      case Piece.Meta(_, var name) ->
          new Statement.NotAnalysed(
              "%s is a command of psql, which never reaches the server".formatted(name));
      case Piece.Mixed(_, var name) ->
          new Statement.NotAnalysed("a statement with the psql command %s within".formatted(name));
      case Piece.Unterminated(_, var what, var at) -> new Statement.Rejected(what, at);
      case Piece.Escaped _ ->
          new Statement.NotAnalysed(
              "a backslash in a plain string, while standard_conforming_strings is off");
      case Piece.Uncertain _ ->
          new Statement.NotAnalysed(
              "whether standard_conforming_strings is on here cannot be told, and with it where a"
                  + " string that holds a backslash ends");
      case Piece.OpenData _ ->
          new Statement.NotAnalysed(
              "taken for rows of COPY, because the line \\. that ends them is missing");
    };
  }

  private Statement sql(String script, Span span, int depth) {
    var nul = script.indexOf('\0', span.start(), span.end());
    if (nul >= 0) {
      return new Statement.Rejected("a NUL character", new Span(nul, nul + 1));
    }
    if (depth > MAX_DEPTH) {
      return new Statement.NotAnalysed("nested too deeply");
    }
    var parts = SchemaElements.parts(script, span);
    if (parts.size() == 1) {
      return one(script, span);
    }
    var elements = new ArrayList<Statement>();
    for (var part : parts) {
      var element = one(script, part);
      if (element instanceof Statement.Rejected || element instanceof Statement.NotAnalysed) {
        return element;
      }
      elements.add(element);
    }
    return elements.removeFirst() instanceof Statement.CreateSchema(var name, var ifNotExists, _)
        ? new Statement.CreateSchema(name, ifNotExists, elements)
        : new Statement.NotAnalysed("CREATE SCHEMA with elements is not understood");
  }

  private Statement one(String script, Span span) {
    var parsed = ParseText.of(script, span);
    if (parsed.text().length() > MAX_STATEMENT) {
      return new Statement.NotAnalysed(
          "too large: %,d characters, at most %,d are analysed"
              .formatted(parsed.text().length(), MAX_STATEMENT));
    }
    try {
      var lowered = lower(new Origin(parsed));
      if (lowered instanceof Statement.Rejected) {
        var gap = GrammarGaps.lower(script, span);
        return gap == null ? lowered : gap;
      }
      return lowered instanceof Statement.Select(_, var query) && callsSetConfig(query)
          ? Objects.requireNonNullElse(SetConfig.lower(script, span), lowered)
          : lowered;
    } catch (StackOverflowError e) {
      // Thrown anywhere, perhaps while something was being learned.
      caches = new PredictionCaches();
      return new Statement.NotAnalysed("nested too deeply");
    } catch (RuntimeException e) {
      // One statement that we fail on must not keep the others from being reviewed.
      return new Statement.NotAnalysed(
          "plancheck itself failed on it, which is a bug (%s)".formatted(e));
    }
  }

  private static boolean callsSetConfig(Query query) {
    return query.functions().stream().anyMatch(function -> function.name().equals("set_config"));
  }

  private Statement lower(Origin origin) {
    return switch (Grammar.parse(origin, caches)) {
      case Grammar.Outcome.Refusal(var message, var at) -> new Statement.Rejected(message, at);
      case Grammar.Outcome.Tree(var root) -> lower(origin, root.statement());
    };
  }

  /// The grammar may see more than one where the splitter saw one; none may be lost then.
  private static Statement lower(Origin origin, List<StatementContext> statements) {
    if (statements.size() != 1) {
      return new Statement.NotAnalysed(
          "what looks like %d statements".formatted(statements.size()));
    }
    try {
      return Lowering.lower(origin, statements.getFirst());
    } catch (NotLowered e) {
      return new Statement.NotAnalysed(e.reason());
    }
  }
}
