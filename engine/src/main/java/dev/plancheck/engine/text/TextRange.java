// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.text;

/// A stretch of a text by lines and columns, end exclusive.
public record TextRange(Position start, Position end) {
  public TextRange {
    if (end.compareTo(start) < 0) {
      throw new IllegalArgumentException(
          "range: %s..%s (expected: start <= end)".formatted(start, end));
    }
  }
}
