// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.dialect.postgresql;

import dev.plancheck.engine.text.Span;

/// What [Splitter] remembers of the statement that it is in.
final class StatementState {
  /// The statements in which a semicolon may stand, and COPY.
  private enum Form {
    UNKNOWN,
    ROUTINE,
    RULE,
    COPY,
    OTHER
  }

  private int start = -1;
  private int end;
  private Form form = Form.UNKNOWN;
  private boolean create;
  private int brackets;
  private int bodies;
  private boolean afterBegin;
  private boolean afterFrom;
  private boolean fromStandardInput;

  /// The deepest nesting of brackets so far.
  int deepest;

  /// Whether a backslash escapes something in one of its plain strings.
  boolean escaped;

  /// The psql command in the middle of it, or empty.
  String mixed = "";

  boolean isEmpty() {
    return start < 0;
  }

  Span span() {
    return new Span(start, end);
  }

  boolean endsAtSemicolon() {
    return switch (form) {
      case ROUTINE -> bodies == 0;
      case RULE -> brackets <= 0;
      case UNKNOWN, COPY, OTHER -> true;
    };
  }

  boolean readsData() {
    return form == Form.COPY && fromStandardInput;
  }

  void add(Scanner token) {
    if (start < 0) {
      start = token.start();
    }
    end = token.end();
    if (token.kind() == Scanner.Kind.SYMBOL) {
      bracket(token);
    }
    if (form == Form.UNKNOWN) {
      form = form(token);
    } else if (form == Form.ROUTINE) {
      body(token);
    } else if (form == Form.COPY && brackets == 0) {
      fromStandardInput |= afterFrom && token.isWord("STDIN");
      afterFrom = token.isWord("FROM");
    }
  }

  private void bracket(Scanner token) {
    if (token.isSymbol('(') || token.isSymbol('[')) {
      brackets++;
      deepest = Math.max(deepest, brackets);
    } else if (token.isSymbol(')') || token.isSymbol(']')) {
      brackets--;
    }
  }

  /// Decided by the first words: COPY, or what stands behind CREATE [OR REPLACE].
  private Form form(Scanner token) {
    if (!create) {
      create = token.isWord("CREATE");
      if (create) {
        return Form.UNKNOWN;
      }
      return token.isWord("COPY") ? Form.COPY : Form.OTHER;
    }
    if (token.isWord("OR") || token.isWord("REPLACE")) {
      return Form.UNKNOWN;
    }
    if (token.isWord("RULE")) {
      return Form.RULE;
    }
    return token.isWord("FUNCTION") || token.isWord("PROCEDURE") ? Form.ROUTINE : Form.OTHER;
  }

  /// BEGIN ATOMIC opens a body, CASE nests in it, END closes either.
  private void body(Scanner token) {
    if ((afterBegin && token.isWord("ATOMIC")) || (bodies > 0 && token.isWord("CASE"))) {
      bodies++;
    } else if (bodies > 0 && token.isWord("END")) {
      bodies--;
    }
    afterBegin = token.isWord("BEGIN");
  }
}
