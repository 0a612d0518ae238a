// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.postgresql.wire;

import java.util.Collection;
import java.util.stream.Collectors;

/// The one place where values become SQL text (PostgreSQL manual, 4.1.2).
///
/// A text is written as an escape string, in which quote and backslash are doubled: it means the
/// same whatever `standard_conforming_strings` and `backslash_quote` are.
public final class Literals {
  private Literals() {}

  /// Puts each value in the place of a question mark, in order. The statements are ours: a question
  /// mark in them is always a place.
  public static String fill(String statements, Object... values) {
    var filled = new StringBuilder(statements.length() + 64);
    var next = 0;
    for (var at = 0; at < statements.length(); at++) {
      if (statements.charAt(at) != '?') {
        filled.append(statements.charAt(at));
      } else if (next < values.length) {
        filled.append(of(values[next++]));
      } else {
        next++;
      }
    }
    if (next != values.length) {
      throw new IllegalArgumentException("%d values for %d places".formatted(values.length, next));
    }
    return filled.toString();
  }

  /// Of a text, number, boolean, [ObjectIds] or collection of texts.
  static String of(Object value) {
    return switch (value) {
      case String text -> text(text);
      case Boolean flag -> flag ? "true" : "false";
      case Integer number -> "(" + number + ")";
      case Long number -> "(" + number + ")";
      case ObjectIds(var ids) ->
          ids.stream()
              .sorted()
              .map(String::valueOf)
              .collect(Collectors.joining(",", "'{", "}'::pg_catalog.oid[]"));
      case Collection<?> texts -> text(array(texts)) + "::pg_catalog.text[]";
      default -> throw new IllegalArgumentException("no literal of a " + value.getClass());
    };
  }

  private static String text(String text) {
    if (text.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("a text with a zero character (expected: none)");
    }
    return "E'" + text.replace("\\", "\\\\").replace("'", "''") + "'";
  }

  /// Each element quoted, as arrays want it (PostgreSQL manual, 8.15.2).
  private static String array(Collection<?> texts) {
    return texts.stream()
        .map(element ->
            switch (element) {
              case String text -> '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
              default -> throw new IllegalArgumentException("no array of a " + element.getClass());
            })
        .collect(Collectors.joining(",", "{", "}"));
  }
}
