// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.postgresql;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The text form of one-dimensional arrays (PostgreSQL manual, 8.15.6): `{plain,"with, comma"}`.
final class ArrayText {
  private ArrayText() {}

  static List<String> parse(@Nullable String text) {
    if (text == null || text.length() < 2) {
      return List.of();
    }
    var elements = new ArrayList<String>();
    var element = new StringBuilder();
    var quoted = false;
    var present = false;
    for (var at = 1; at < text.length() - 1; at++) {
      var letter = text.charAt(at);
      if (letter == '\\') {
        element.append(text.charAt(++at));
      } else if (letter == '"') {
        quoted = !quoted;
      } else if (letter == ',' && !quoted) {
        elements.add(element.toString());
        element.setLength(0);
      } else {
        element.append(letter);
      }
      present = true;
    }
    if (present) {
      elements.add(element.toString());
    }
    return elements;
  }
}
