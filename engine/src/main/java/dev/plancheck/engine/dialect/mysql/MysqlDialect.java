// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.dialect.mysql;

import dev.plancheck.engine.Engine;
import dev.plancheck.engine.EngineVersion;
import dev.plancheck.engine.dialect.Dialect;
import dev.plancheck.engine.dialect.NotLowered;
import dev.plancheck.engine.dialect.Script;
import dev.plancheck.engine.dialect.ScriptStatement;
import dev.plancheck.engine.sql.Statement;
import dev.plancheck.engine.text.SourceText;
import dev.plancheck.engine.text.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// MySQL's or MariaDB's SQL. A generated parser says what is a statement, for MariaDB also that of
/// MySQL, which knows some of what its own does not; what the statement says is read by us, the
/// same way for both.
///
/// No parser is a judge: what they refuse is `Rejected`, which is not yet an error. Safe for use by
/// several threads.
public final class MysqlDialect implements Dialect {
  /// A larger statement is not analysed: its tree would take a hundred times its size.
  static final int MAX_STATEMENT = 256 * 1024;

  /// Deeper brackets are not analysed; the parser would need seconds, and then overflow the stack.
  static final int MAX_DEPTH = 200;

  /// How often the size of what was learned is looked at.
  private static final int STATEMENTS_PER_LOOK = 500;

  /// What the parsers tell apart: features of 8.0 came one release after the other, which a series
  /// does not say.
  private static final MysqlGrammar OLD = new MysqlGrammar(50_799);

  private static final MysqlGrammar NEW = new MysqlGrammar(90_000);
  private static final MariadbGrammar MARIADB = new MariadbGrammar();

  private final Engine engine;

  /// The engine is MYSQL or MARIADB.
  public MysqlDialect(Engine engine) {
    if (engine == Engine.POSTGRESQL) {
      throw new IllegalArgumentException(
          "engine: %s (expected: MySQL or MariaDB)".formatted(engine));
    }
    this.engine = engine;
  }

  @Override
  public Engine engine() {
    return engine;
  }

  @Override
  public Script parse(SourceText source, EngineVersion version) {
    var text = source.text();
    var found = Splitter.split(text, Flavour.of(version));
    var grammars = grammars(version);
    var statements = new ArrayList<ScriptStatement>();
    for (var piece : found.pieces()) {
      var index = statements.size();
      if (index % STATEMENTS_PER_LOOK == 0) {
        grammars.forEach(Grammar::tidy);
      }
      statements.add(new ScriptStatement(index, piece.span(), statement(text, piece, grammars)));
    }
    return new Script(source, version, statements, found.comments());
  }

  private List<Grammar> grammars(EngineVersion version) {
    if (engine == Engine.MARIADB) {
      return List.of(MARIADB, NEW);
    }
    return List.of(version.isAtLeast(8) ? NEW : OLD);
  }

  private static Statement statement(String script, Piece piece, List<Grammar> grammars) {
    if (piece.problem() != null && piece.at() != null) {
      return new Statement.Rejected(piece.problem(), piece.at());
    }
    var nul = script.indexOf('\0', piece.span().start(), piece.span().end());
    if (nul >= 0) {
      return new Statement.Rejected("a NUL character", new Span(nul, nul + 1));
    }
    if (piece.depth() > MAX_DEPTH) {
      return new Statement.NotAnalysed("nested too deeply");
    }
    if (piece.rows() < 0) {
      return new Statement.NotAnalysed("a query among the rows of a long list of VALUES");
    }
    var mariadb = grammars.contains(MARIADB);
    var special = Unparsed.read(script, piece.tokens(), mariadb);
    if (special.isPresent()) {
      return special.get();
    }
    var shown = mariadb ? known(script, piece.tokens()) : piece.tokens();
    var parsed = ParseText.of(script, shown);
    if (parsed.text().length() > MAX_STATEMENT) {
      return new Statement.NotAnalysed(
          "too large: %,d characters, at most %,d are analysed"
              .formatted(parsed.text().length(), MAX_STATEMENT));
    }
    try {
      return lower(script, piece, parsed, shown, grammars);
    } catch (StackOverflowError e) {
      // Thrown anywhere, perhaps while something was being learned.
      grammars.forEach(Grammar::forget);
      return new Statement.NotAnalysed("nested too deeply");
    } catch (RuntimeException e) {
      // One statement that we fail on must not keep the others from being reviewed.
      return new Statement.NotAnalysed(
          "plancheck itself failed on it, which is a bug (%s)".formatted(e));
    }
  }

  /// RETURNING of MariaDB at the end of a write is not known to any grammar, and is not shown to
  /// one if it holds no query.
  private static List<Token> known(String script, List<Token> tokens) {
    var reader = new Reader(script, tokens, List.of());
    if (!reader.at("INSERT") && !reader.at("REPLACE") && !reader.at("DELETE")) {
      return tokens;
    }
    reader.skipTo(Set.of("RETURNING"));
    var end = reader.index();
    for (var at = end; at < tokens.size(); at++) {
      if (reader.is(at, "SELECT")) {
        return tokens;
      }
    }
    return tokens.subList(0, end);
  }

  /// What no grammar accepts is shown to them once more, without what they do not know.
  private static Statement lower(
      String script, Piece piece, ParseText parsed, List<Token> shown, List<Grammar> grammars) {
    return switch (parse(parsed, grammars)) {
      case Grammar.Outcome.Accepted(var marks) ->
          lower(new Reader(script, piece.tokens(), marks), piece.rows());
      case Grammar.Outcome.Refusal refusal -> {
        var respelled =
            Respelling.of(script, shown, grammars.contains(MARIADB), grammars.contains(OLD));
        yield respelled.isPresent()
                && parse(respelled.get(), grammars) instanceof Grammar.Outcome.Accepted(var marks)
            ? lower(new Reader(script, piece.tokens(), marks), piece.rows())
            : new Statement.Rejected(message(script, refusal), refusal.at());
      }
    };
  }

  /// What all refuse is told as the first one told it.
  private static Grammar.Outcome parse(ParseText parsed, List<Grammar> grammars) {
    var first = grammars.getFirst().parse(parsed);
    for (var grammar : grammars.subList(1, grammars.size())) {
      if (first instanceof Grammar.Outcome.Accepted) {
        return first;
      }
      if (grammar.parse(parsed) instanceof Grammar.Outcome.Accepted accepted) {
        return accepted;
      }
    }
    return first;
  }

  /// A text that is one statement which a grammar accepts; empty for any other.
  static Optional<Reader> reader(String text, EngineVersion version) {
    var pieces = Splitter.split(text, Flavour.of(version)).pieces();
    if (pieces.size() != 1 || text.indexOf('\0') >= 0) {
      return Optional.empty();
    }
    var piece = pieces.getFirst();
    if (piece.problem() != null || piece.depth() > MAX_DEPTH || piece.rows() != 0) {
      return Optional.empty();
    }
    var dialect = new MysqlDialect(version.engine());
    var tokens = dialect.engine == Engine.MARIADB ? known(text, piece.tokens()) : piece.tokens();
    var parsed = ParseText.of(text, tokens);
    if (parsed.text().length() > MAX_STATEMENT) {
      return Optional.empty();
    }
    return parse(parsed, dialect.grammars(version)) instanceof Grammar.Outcome.Accepted(var marks)
        ? Optional.of(new Reader(text, piece.tokens(), marks))
        : Optional.empty();
  }

  private static String message(String script, Grammar.Outcome.Refusal refusal) {
    if (!refusal.message().isEmpty()) {
      return refusal.message();
    }
    var text = script.substring(refusal.at().start(), refusal.at().end());
    var shown = text.length() <= 40 ? text : text.substring(0, 37) + "...";
    return "unexpected \"%s\"".formatted(shown);
  }

  private static Statement lower(Reader reader, int lost) {
    try {
      return Lowering.lower(reader, lost);
    } catch (NotLowered e) {
      return new Statement.NotAnalysed(e.reason());
    }
  }
}
