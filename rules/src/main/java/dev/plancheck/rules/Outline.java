// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.rules;

import dev.plancheck.engine.Engine;
import dev.plancheck.engine.dialect.Script;
import dev.plancheck.engine.text.Span;
import java.util.Locale;

/// A statement's text with all that its outline does not need taken out, so that it can be searched
/// for words of the grammar: comments, the insides of strings, and what stands in brackets become
/// spaces, and quoted names become names without quotes.
///
/// Only for statements that a grammar has accepted; what the tree of statements holds is read from
/// there.
public final class Outline {
  private final String text;
  private final StringBuilder out;
  private final boolean mysql;
  private int at;
  private int depth;

  private Outline(String text, boolean mysql) {
    this.text = text;
    this.out = new StringBuilder(text.length());
    this.mysql = mysql;
  }

  /// The outline in upper case, every place where it was.
  public static String of(Script script, Span span) {
    var outline =
        new Outline(script.source().slice(span), script.version().engine() != Engine.POSTGRESQL);
    while (outline.at < outline.text.length()) {
      outline.next();
    }
    return outline.out.toString().toUpperCase(Locale.ROOT);
  }

  private void next() {
    var c = text.charAt(at);
    if (startsComment()) {
      comment();
    } else if (c == '\'' || (c == '"' && mysql)) {
      quoted(c, ' ', true);
    } else if (c == '`' || c == '"') {
      quoted(c, 'X', false);
    } else if (c == '(') {
      depth++;
      keep(depth == 1 ? c : ' ');
    } else if (c == ')') {
      depth = Math.max(0, depth - 1);
      keep(depth == 0 ? c : ' ');
    } else {
      keep(depth == 0 ? c : ' ');
    }
  }

  private void keep(char c) {
    out.append(c);
    at++;
  }

  private boolean startsComment() {
    return text.startsWith("--", at)
        || text.startsWith("/*", at)
        || (mysql && text.charAt(at) == '#');
  }

  /// What stands in a comment that MySQL runs, as `/*!80000 ... */`, is kept.
  private void comment() {
    if (mysql && (text.startsWith("/*!", at) || text.startsWith("/*M!", at))) {
      blank(text.indexOf('!', at) + 1);
      while (at < text.length() && Character.isDigit(text.charAt(at))) {
        blank(at + 1);
      }
      return;
    }
    var block = text.startsWith("/*", at);
    var end = block ? text.indexOf("*/", at + 2) : text.indexOf('\n', at);
    blank(end < 0 ? text.length() : end + (block ? 2 : 0));
  }

  private void blank(int end) {
    while (at < end) {
      keep(' ');
    }
  }

  /// A doubled quote, and in MySQL a backslash, does not end it.
  private void quoted(char quote, char inside, boolean showQuotes) {
    var shown = depth == 0;
    keep(shown ? (showQuotes ? quote : inside) : ' ');
    while (at < text.length()) {
      var c = text.charAt(at);
      var escapes = c == '\\' && mysql && quote != '`';
      if (c == quote && !text.startsWith("" + quote + quote, at)) {
        keep(shown ? (showQuotes ? quote : inside) : ' ');
        return;
      }
      var length = escapes || c == quote ? 2 : 1;
      for (var end = Math.min(text.length(), at + length); at < end; ) {
        keep(shown ? inside : ' ');
      }
    }
  }
}
