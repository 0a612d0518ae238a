// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.dialect.mysql;

import mysqlgrammar.antlr.CharStream;
import mysqlgrammar.antlr.misc.Interval;

/// A text as the lexers read it: by UTF-16 units, so that token offsets are those of [String], and
/// if wanted in upper case, which is all that MariaDB's lexer knows of keywords.
final class Utf16Stream implements CharStream {
  private final String text;
  private final boolean upper;
  private int index;

  Utf16Stream(String text, boolean upper) {
    this.text = text;
    this.upper = upper;
  }

  @Override
  public void consume() {
    if (index >= text.length()) {
      throw new IllegalStateException("nothing to consume at the end of the text");
    }
    index++;
  }

  @Override
  public int LA(int distance) {
    if (distance == 0) {
      return 0;
    }
    var at = distance > 0 ? index + distance - 1 : index + distance;
    if (at < 0 || at >= text.length()) {
      return EOF;
    }
    return upper ? Character.toUpperCase(text.charAt(at)) : text.charAt(at);
  }

  @Override
  public int mark() {
    return -1;
  }

  @Override
  public void release(int marker) {
    // The whole text is at hand.
  }

  @Override
  public int index() {
    return index;
  }

  @Override
  public void seek(int wanted) {
    index = Math.min(wanted, text.length());
  }

  @Override
  public int size() {
    return text.length();
  }

  @Override
  public String getText(Interval interval) {
    var end = Math.min(interval.b + 1, text.length());
    return interval.a >= end ? "" : text.substring(interval.a, end);
  }

  @Override
  public String getSourceName() {
    return UNKNOWN_SOURCE_NAME;
  }
}
