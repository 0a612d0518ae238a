// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.dialect.postgresql;

import java.util.stream.IntStream;
import org.antlr.v4.runtime.atn.ATN;
import org.antlr.v4.runtime.atn.LexerATNSimulator;
import org.antlr.v4.runtime.atn.ParserATNSimulator;
import org.antlr.v4.runtime.atn.PredictionContextCache;
import org.antlr.v4.runtime.dfa.DFA;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLLexer;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser;

/// What ANTLR learns while it parses, shared by parsers of all threads (it is safe for that). It
/// only grows, so whoever holds it begins a new one when it is [#full].
final class PredictionCaches {
  /// Measured: about 1 KB each, and ordinary migrations need some thousands.
  private static final int MAX_STATES = 100_000;

  private final DFA[] lexer = automata(SQLLexer._ATN);
  private final PredictionContextCache lexerContexts = new PredictionContextCache();
  private final DFA[] parser = automata(SQLParser._ATN);
  private final PredictionContextCache parserContexts = new PredictionContextCache();

  LexerATNSimulator simulator(SQLLexer forLexer) {
    return new LexerATNSimulator(forLexer, SQLLexer._ATN, lexer, lexerContexts);
  }

  ParserATNSimulator simulator(SQLParser forParser) {
    return new ParserATNSimulator(forParser, SQLParser._ATN, parser, parserContexts);
  }

  boolean full() {
    return states(lexer) + states(parser) > MAX_STATES;
  }

  private static int states(DFA[] automata) {
    var states = 0;
    for (var automaton : automata) {
      states += automaton.states.size();
    }
    return states;
  }

  private static DFA[] automata(ATN network) {
    return IntStream.range(0, network.getNumberOfDecisions())
        .mapToObj(decision -> new DFA(network.getDecisionState(decision), decision))
        .toArray(DFA[]::new);
  }
}
