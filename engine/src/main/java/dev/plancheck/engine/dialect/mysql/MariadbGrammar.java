// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.dialect.mysql;

import mysqlgrammar.antlr.CommonTokenStream;
import mysqlgrammar.antlr.Parser;
import mysqlgrammar.antlr.ParserRuleContext;
import mysqlgrammar.antlr.TokenSource;
import mysqlgrammar.mariadb.MariaDBLexer;
import mysqlgrammar.mariadb.MariaDBParser;
import org.jspecify.annotations.Nullable;

/// The grammar of MariaDB, which knows no versions.
final class MariadbGrammar extends Grammar {
  @Override
  PredictionCaches freshCaches() {
    return new PredictionCaches(MariaDBLexer._ATN, MariaDBParser._ATN);
  }

  @Override
  TokenSource tokens(String text, PredictionCaches learned) {
    var lexer = new MariaDBLexer(new Utf16Stream(text, true));
    lexer.removeErrorListeners();
    learned.useIn(lexer);
    return lexer;
  }

  @Override
  Parser parser(CommonTokenStream tokens, PredictionCaches learned) {
    var parser = new MariaDBParser(tokens);
    learned.useIn(parser);
    return parser;
  }

  @Override
  ParserRuleContext run(Parser parser) {
    return ((MariaDBParser) parser).root();
  }

  @Override
  Mark.@Nullable Kind kind(ParserRuleContext node) {
    return switch (node.getRuleIndex()) {
      case MariaDBParser.RULE_tableName -> Mark.Kind.TABLE;
      case MariaDBParser.RULE_functionCall -> Mark.Kind.CALL;
      case MariaDBParser.RULE_fullColumnName -> Mark.Kind.COLUMN;
      case MariaDBParser.RULE_selectStatement ->
          node.getParent() != null
                  && node.getParent().getRuleIndex() != MariaDBParser.RULE_dmlStatement
              ? Mark.Kind.SUBQUERY
              : null;
      case MariaDBParser.RULE_cteName -> Mark.Kind.WITH;
      default -> null;
    };
  }
}
