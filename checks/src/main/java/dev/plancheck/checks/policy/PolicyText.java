// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.policy;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// The text of a policy under its address: the SHA-256 of its UTF-8 bytes, in lower-case hex.
public record PolicyText(String hash, String text) {
  /// In bytes of UTF-8.
  public static final int LONGEST = 64 * 1024;

  public static PolicyText of(String text) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      return new PolicyText(HexFormat.of().formatHex(digest.digest(text.getBytes(UTF_8))), text);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
