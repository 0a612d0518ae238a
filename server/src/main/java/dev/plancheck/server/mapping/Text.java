// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.server.mapping;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.plancheck.checks.ApiException;

/// Whether a text can be kept as it is: PostgreSQL stores no NUL, and half of a surrogate pair has
/// no UTF-8.
public final class Text {
  private Text() {}

  /// Returns `text`. Throws [ApiException] INVALID_ARGUMENT with the place, never with the text.
  public static String check(String field, String text) {
    var nul = text.indexOf('\0');
    if (nul >= 0) {
      throw refused(field, "has a NUL character", nul);
    }
    if (!UTF_8.newEncoder().canEncode(text)) {
      throw refused(field, "has half of a surrogate pair", loneSurrogate(text));
    }
    return text;
  }

  private static ApiException refused(String field, String what, int offset) {
    return ApiException.invalid(
        field, "%s: %s at offset %d (expected: text in UTF-8)".formatted(field, what, offset));
  }

  private static int loneSurrogate(String text) {
    for (var i = 0; i < text.length(); i++) {
      if (Character.isHighSurrogate(text.charAt(i))
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(text.charAt(i))) {
        return i;
      }
    }
    throw new IllegalStateException("every surrogate has its other half");
  }
}
