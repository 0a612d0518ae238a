// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.dialect.mysql;

import dev.plancheck.engine.dialect.mysql.Token.Kind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The tokens of a statement, of which some are left out of what a grammar is shown, or shown as
/// something else; used by one thread. Whatever is asked about a place behind the last token is not
/// there.
final class Edits {
  private static final Set<Kind> NAMES = Set.of(Kind.WORD, Kind.QUOTED_NAME);

  private final Reader reader;
  private final Map<Integer, String> instead = new HashMap<>();

  Edits(String script, List<Token> tokens) {
    this.reader = new Reader(script, tokens, List.of());
  }

  int size() {
    return reader.size();
  }

  boolean isEmpty() {
    return instead.isEmpty();
  }

  /// By the number of the token; an empty text for one that is left out.
  Map<Integer, String> instead() {
    return Map.copyOf(instead);
  }

  /// Whether these words, or symbols, stand at a token and behind it.
  boolean at(int index, String... words) {
    for (var i = 0; i < words.length; i++) {
      if (index < 0 || index + i >= reader.size() || !reader.is(index + i, words[i])) {
        return false;
      }
    }
    return true;
  }

  boolean atAny(int index, Set<String> words) {
    return words.stream().anyMatch(word -> at(index, word));
  }

  boolean isName(int index) {
    return index < reader.size() && NAMES.contains(reader.token(index).kind());
  }

  boolean is(int index, Kind kind) {
    return index < reader.size() && reader.token(index).kind() == kind;
  }

  /// Behind a name, or a name and that of its database; the same place if there is none.
  int pastObject(int index) {
    if (!isName(index)) {
      return index;
    }
    return at(index + 1, ".") && isName(index + 2) ? index + 3 : index + 1;
  }

  /// Behind names between commas; the same place if there is none.
  int pastNames(int index) {
    var at = index;
    while (isName(at)) {
      if (!at(at + 1, ",")) {
        return at + 1;
      }
      at += 2;
    }
    return index;
  }

  /// Behind a bracket and all up to its end; the same place if there is none, or a query within.
  int pastBrackets(int index) {
    if (!at(index, "(")) {
      return index;
    }
    var depth = 0;
    for (var at = index; at < reader.size(); at++) {
      depth += at(at, "(") ? 1 : at(at, ")") ? -1 : 0;
      if (at(at, "SELECT")) {
        return index;
      }
      if (depth == 0) {
        return at + 1;
      }
    }
    return index;
  }

  /// Leaves tokens out, up to but not including the last.
  void omit(int from, int to) {
    for (var at = from; at < to; at++) {
      instead.putIfAbsent(at, "");
    }
  }

  /// Shows one text in place of tokens, unless something is shown for the first of them already.
  void show(int from, int to, String text) {
    if (!instead.containsKey(from)) {
      instead.put(from, text);
      omit(from + 1, to);
    }
  }
}
