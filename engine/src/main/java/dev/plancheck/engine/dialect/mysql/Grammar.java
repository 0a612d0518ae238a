// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.dialect.mysql;

import dev.plancheck.engine.text.Span;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import mysqlgrammar.antlr.BailErrorStrategy;
import mysqlgrammar.antlr.BaseErrorListener;
import mysqlgrammar.antlr.CommonTokenStream;
import mysqlgrammar.antlr.DefaultErrorStrategy;
import mysqlgrammar.antlr.Parser;
import mysqlgrammar.antlr.ParserRuleContext;
import mysqlgrammar.antlr.RecognitionException;
import mysqlgrammar.antlr.Recognizer;
import mysqlgrammar.antlr.Token;
import mysqlgrammar.antlr.TokenSource;
import mysqlgrammar.antlr.atn.PredictionMode;
import mysqlgrammar.antlr.misc.ParseCancellationException;
import org.jspecify.annotations.Nullable;

/// A generated parser, asked whether a text is a statement, and where in it tables, functions and
/// columns are named. First the fast SLL prediction that gives up at the first doubt, and only for
/// what that refuses the exact LL one, which also says where it failed.
abstract sealed class Grammar permits MysqlGrammar, MariadbGrammar {
  sealed interface Outcome {
    /// Marks are in the order of their beginnings.
    record Accepted(List<Mark> marks) implements Outcome {
      public Accepted {
        marks = List.copyOf(marks);
      }
    }

    record Refusal(String message, Span at) implements Outcome {}
  }

  private volatile PredictionCaches caches = freshCaches();

  abstract PredictionCaches freshCaches();

  abstract TokenSource tokens(String text, PredictionCaches learned);

  abstract Parser parser(CommonTokenStream tokens, PredictionCaches learned);

  abstract ParserRuleContext run(Parser parser);

  /// What a rule of the grammar stands for, or null.
  abstract Mark.@Nullable Kind kind(ParserRuleContext node);

  /// Forgets what was learned once it is too much.
  final void tidy() {
    if (caches.full()) {
      forget();
    }
  }

  final void forget() {
    caches = freshCaches();
  }

  final Outcome parse(ParseText text) {
    var learned = caches;
    var parser = parser(new CommonTokenStream(tokens(text.text(), learned)), learned);
    parser.removeErrorListeners();
    parser.getInterpreter().setPredictionMode(PredictionMode.SLL);
    parser.setErrorHandler(new BailErrorStrategy());
    try {
      return accepted(text, run(parser));
    } catch (ParseCancellationException e) {
      return exactly(text, parser);
    }
  }

  private Outcome exactly(ParseText text, Parser parser) {
    parser.getTokenStream().seek(0);
    parser.reset();
    parser.getInterpreter().setPredictionMode(PredictionMode.LL);
    parser.setErrorHandler(new DefaultErrorStrategy());
    var listener = new FirstError();
    parser.addErrorListener(listener);
    try {
      return accepted(text, run(parser));
    } catch (ParseCancellationException e) {
      return listener.refusal(text);
    }
  }

  private Outcome accepted(ParseText text, ParserRuleContext root) {
    var marks = new ArrayList<Mark>();
    var open = new ArrayDeque<ParserRuleContext>(List.of(root));
    while (!open.isEmpty()) {
      var node = open.pop();
      var kind = kind(node);
      if (kind != null && node.getStop() != null) {
        marks.add(mark(text, kind, node));
      }
      for (var at = node.getChildCount() - 1; at >= 0; at--) {
        if (node.getChild(at) instanceof ParserRuleContext child) {
          open.push(child);
        }
      }
    }
    return new Outcome.Accepted(marks);
  }

  private static Mark mark(ParseText text, Mark.Kind kind, ParserRuleContext node) {
    var from = node.getStart().getStartIndex();
    var span = text.original(from, node.getStop().getStopIndex() + 1);
    return new Mark(kind, span.start(), span.end());
  }

  /// Stops at the first error: the others mostly follow from it.
  private static final class FirstError extends BaseErrorListener {
    private @Nullable Token token;

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

    Outcome.Refusal refusal(ParseText text) {
      if (token == null || token.getStartIndex() >= text.text().length()) {
        var end = text.original(text.text().length());
        return new Outcome.Refusal("unexpected end of the statement", new Span(end, end));
      }
      var at = text.original(token.getStartIndex(), token.getStopIndex() + 1);
      return new Outcome.Refusal("", at);
    }
  }
}
