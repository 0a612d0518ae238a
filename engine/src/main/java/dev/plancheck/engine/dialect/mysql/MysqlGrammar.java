// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.dialect.mysql;

import mysqlgrammar.antlr.CommonTokenStream;
import mysqlgrammar.antlr.Parser;
import mysqlgrammar.antlr.ParserRuleContext;
import mysqlgrammar.antlr.TokenSource;
import mysqlgrammar.mysql.MySqlLexer;
import mysqlgrammar.mysql.MySqlParser;
import mysqlgrammar.mysql.SqlModes;
import org.jspecify.annotations.Nullable;

/// Oracle's grammar of MySQL 8 and later, for the features of one version.
final class MysqlGrammar extends Grammar {
  private final int version;

  /// The version as versioned comments write it: `80400`.
  MysqlGrammar(int version) {
    this.version = version;
  }

  @Override
  PredictionCaches freshCaches() {
    return new PredictionCaches(MySqlLexer._ATN, MySqlParser._ATN);
  }

  @Override
  TokenSource tokens(String text, PredictionCaches learned) {
    var lexer = new MySqlLexer(new Utf16Stream(text + ";", false));
    lexer.serverVersion = version;
    lexer.sqlModes = SqlModes.sqlModeFromString("");
    lexer.removeErrorListeners();
    learned.useIn(lexer);
    return lexer;
  }

  @Override
  Parser parser(CommonTokenStream tokens, PredictionCaches learned) {
    var parser = new MySqlParser(tokens);
    parser.serverVersion = version;
    parser.sqlModes = SqlModes.sqlModeFromString("");
    learned.useIn(parser);
    return parser;
  }

  @Override
  ParserRuleContext run(Parser parser) {
    return ((MySqlParser) parser).queries();
  }

  @Override
  Mark.@Nullable Kind kind(ParserRuleContext node) {
    return switch (node.getRuleIndex()) {
      case MySqlParser.RULE_tableRef, MySqlParser.RULE_tableRefWithWildcard -> Mark.Kind.TABLE;
      case MySqlParser.RULE_functionCall,
          MySqlParser.RULE_runtimeFunctionCall,
          MySqlParser.RULE_sumExpr,
          MySqlParser.RULE_windowFunctionCall ->
          Mark.Kind.CALL;
      case MySqlParser.RULE_columnRef -> Mark.Kind.COLUMN;
      case MySqlParser.RULE_subquery -> Mark.Kind.SUBQUERY;
      case MySqlParser.RULE_commonTableExpression -> Mark.Kind.WITH;
      default -> null;
    };
  }
}
