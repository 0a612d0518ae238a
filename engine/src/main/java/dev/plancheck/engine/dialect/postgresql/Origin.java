// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.dialect.postgresql;

import dev.plancheck.engine.text.Span;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;

/// Where the nodes of one statement's tree come from: their place and text in the script.
record Origin(ParseText parsed) {
  Span span(ParserRuleContext node) {
    return span(node, node);
  }

  /// From the first token of one node to the last token of another.
  Span span(ParserRuleContext first, ParserRuleContext last) {
    var start = start(first.getStart());
    var stop = last.getStop();
    return new Span(start, stop == null ? start : Math.max(start, end(stop)));
  }

  Span span(Token token) {
    return new Span(start(token), end(token));
  }

  String text(ParserRuleContext node) {
    var span = span(node);
    return parsed.script().substring(span.start(), span.end());
  }

  String text(Token token) {
    return parsed.script().substring(start(token), end(token));
  }

  int start(Token token) {
    return parsed.original(token.getStartIndex());
  }

  int end(Token token) {
    return parsed.original(token.getStopIndex()) + 1;
  }
}
