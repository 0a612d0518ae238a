// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.text;

/// A stretch of a text, in UTF-16 units as [String] counts them: 0-based, end exclusive.
public record Span(int start, int end) {
  public Span {
    if (start < 0 || end < start) {
      throw new IllegalArgumentException(
          "span: %d..%d (expected: 0 <= start <= end)".formatted(start, end));
    }
  }

  public int length() {
    return end - start;
  }

  public boolean contains(int offset) {
    return start <= offset && offset < end;
  }

  /// The same stretch of a text in which this one's text begins at `offset`.
  public Span shift(int offset) {
    return new Span(start + offset, end + offset);
  }
}
