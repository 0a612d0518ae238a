// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.dialect.postgresql;

import dev.plancheck.engine.text.Span;
import org.antlr.v4.runtime.BailErrorStrategy;
import org.antlr.v4.runtime.BaseErrorListener;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.DefaultErrorStrategy;
import org.antlr.v4.runtime.ListTokenSource;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Recognizer;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.atn.PredictionMode;
import org.antlr.v4.runtime.misc.ParseCancellationException;
import org.jspecify.annotations.Nullable;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLLexer;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.SqlContext;

/// Runs the generated parser over one statement: first the fast SLL prediction that gives up at the
/// first doubt, and only for what that refuses the exact LL one, which also says where it failed.
final class Grammar {
  private Grammar() {}

  sealed interface Outcome {
    record Tree(SqlContext root) implements Outcome {}

    record Refusal(String message, Span at) implements Outcome {}
  }

  /// What is refused is tried once more in another spelling, if there is one; the complaint is
  /// always about the text as it was.
  static Outcome parse(Origin origin, PredictionCaches caches) {
    var tokens = new CommonTokenStream(lexer(origin, caches));
    var outcome = parse(origin, tokens, caches);
    if (outcome instanceof Outcome.Tree) {
      return outcome;
    }
    tokens.fill();
    var respelled = Respelling.of(tokens.getTokens());
    if (respelled == null) {
      return outcome;
    }
    var again = parse(origin, new CommonTokenStream(new ListTokenSource(respelled)), caches);
    return again instanceof Outcome.Tree ? again : outcome;
  }

  private static Outcome parse(Origin origin, CommonTokenStream tokens, PredictionCaches caches) {
    var parser = new SQLParser(tokens);
    parser.setInterpreter(caches.simulator(parser));
    parser.removeErrorListeners();
    parser.getInterpreter().setPredictionMode(PredictionMode.SLL);
    parser.setErrorHandler(new BailErrorStrategy());
    try {
      return new Outcome.Tree(parser.sql());
    } catch (ParseCancellationException e) {
      return exactly(origin, parser);
    }
  }

  private static Outcome exactly(Origin origin, SQLParser parser) {
    parser.getTokenStream().seek(0);
    parser.reset();
    parser.getInterpreter().setPredictionMode(PredictionMode.LL);
    parser.setErrorHandler(new DefaultErrorStrategy());
    var listener = new FirstError(origin);
    parser.addErrorListener(listener);
    try {
      return new Outcome.Tree(parser.sql());
    } catch (ParseCancellationException e) {
      return listener.refusal();
    }
  }

  private static SQLLexer lexer(Origin origin, PredictionCaches caches) {
    var lexer = new SQLLexer(new Utf16Stream(origin.parsed().text()));
    lexer.setInterpreter(caches.simulator(lexer));
    lexer.removeErrorListeners();
    return lexer;
  }

  /// Stops at the first error: the others mostly follow from it.
  private static final class FirstError extends BaseErrorListener {
    private final Origin origin;
    private @Nullable Token token;

    FirstError(Origin origin) {
      this.origin = origin;
    }

    @Override
    public void syntaxError(
        Recognizer<?, ?> recognizer,
        @Nullable Object offending,
        int line,
        int column,
        String message,
        @Nullable RecognitionException e) {
      token = offending instanceof Token found ? found : null;
      throw new ParseCancellationException(message);
    }

    Outcome.Refusal refusal() {
      if (token == null || token.getType() == Token.EOF) {
        var end = origin.parsed().original(origin.parsed().text().length());
        return new Outcome.Refusal("unexpected end of the statement", new Span(end, end));
      }
      var at = new Span(origin.start(token), origin.end(token));
      return new Outcome.Refusal("unexpected \"%s\"".formatted(shown(origin.text(token))), at);
    }

    private static String shown(String text) {
      return text.length() <= 40 ? text : text.substring(0, 37) + "...";
    }
  }
}
