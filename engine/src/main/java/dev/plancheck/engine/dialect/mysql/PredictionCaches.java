// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.dialect.mysql;

import java.util.stream.IntStream;
import mysqlgrammar.antlr.Lexer;
import mysqlgrammar.antlr.Parser;
import mysqlgrammar.antlr.atn.ATN;
import mysqlgrammar.antlr.atn.LexerATNSimulator;
import mysqlgrammar.antlr.atn.ParserATNSimulator;
import mysqlgrammar.antlr.atn.PredictionContextCache;
import mysqlgrammar.antlr.dfa.DFA;

/// What ANTLR learns of one grammar while it parses, shared by parsers of all threads (it is safe
/// for that). It only grows, so whoever holds it begins a new one when it is [#full].
final class PredictionCaches {
  /// Measured: about 1 KB each, and ordinary migrations need some thousands.
  private static final int MAX_STATES = 100_000;

  private final ATN lexerNetwork;
  private final ATN parserNetwork;
  private final DFA[] lexer;
  private final DFA[] parser;
  private final PredictionContextCache lexerContexts = new PredictionContextCache();
  private final PredictionContextCache parserContexts = new PredictionContextCache();

  PredictionCaches(ATN lexerNetwork, ATN parserNetwork) {
    this.lexerNetwork = lexerNetwork;
    this.parserNetwork = parserNetwork;
    this.lexer = automata(lexerNetwork);
    this.parser = automata(parserNetwork);
  }

  void useIn(Lexer other) {
    other.setInterpreter(new LexerATNSimulator(other, lexerNetwork, lexer, lexerContexts));
  }

  void useIn(Parser other) {
    other.setInterpreter(new ParserATNSimulator(other, parserNetwork, parser, parserContexts));
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
