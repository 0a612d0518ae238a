// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.plan;

import dev.plancheck.checks.ApiException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// SQL text under its address: the SHA-256 of its UTF-8 bytes, in lower-case hex.
public record Sheet(String sha256, String text) {
  /// Throws [ApiException] INVALID_ARGUMENT for a text that no database could be sent: with a NUL
  /// character or half of a surrogate pair.
  public static Sheet of(String text) {
    var nul = text.indexOf('\0');
    if (nul >= 0) {
      throw ApiException.invalid(
          "text", "NUL character at offset %d (expected: SQL text, not binary)".formatted(nul));
    }
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      throw ApiException.invalid(
          "text", "half of a surrogate pair (expected: well-formed Unicode text)");
    }
    return new Sheet(sha256(text), text);
  }

  private static String sha256(String text) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
