// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.dialect.mysql;

import java.util.ArrayList;
import java.util.List;

/// A text made of tokens of another: with a blank where there was something between two of them,
/// such as a comment, which is left out.
final class TokenText {
  private final StringBuilder text = new StringBuilder();
  private final List<String> tokens = new ArrayList<>();

  /// Words and symbols of our own, with a blank between each.
  TokenText words(String... words) {
    for (var word : words) {
      blank();
      append(word);
    }
    blank();
    return this;
  }

  TokenText tokens(Reader reader, int from, int to) {
    for (var at = from; at < to; at++) {
      var token = reader.token(at);
      if (at == from || reader.token(at - 1).end() < token.start()) {
        blank();
      }
      append(reader.text(token));
    }
    blank();
    return this;
  }

  TokenText all(TokenText other) {
    blank();
    text.append(other.text);
    tokens.addAll(other.tokens);
    blank();
    return this;
  }

  /// Whether a text has exactly these tokens, none joined to another, none lost in a comment.
  boolean sameIn(Reader reader) {
    if (reader.size() != tokens.size()) {
      return false;
    }
    for (var at = 0; at < tokens.size(); at++) {
      if (!reader.text(reader.token(at)).equals(tokens.get(at))) {
        return false;
      }
    }
    return true;
  }

  @Override
  public String toString() {
    return text.toString().strip();
  }

  private void append(String token) {
    text.append(token);
    tokens.add(token);
  }

  private void blank() {
    if (!text.isEmpty() && text.charAt(text.length() - 1) != ' ') {
      text.append(' ');
    }
  }
}
