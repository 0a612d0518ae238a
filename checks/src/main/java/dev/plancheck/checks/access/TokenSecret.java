// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/// The text that proves who calls: `pc_` and 256 random bits. It is shown once; only its digest is
/// kept, which is as hard to guess as the text itself, so that looking for the digest tells nothing
/// by the time that it takes.
public record TokenSecret(String text) {
  private static final int BYTES = 32;
  private static final Pattern FORM = Pattern.compile("pc_[A-Za-z0-9_-]{43}");

  static TokenSecret random(SecureRandom random) {
    var bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return new TokenSecret("pc_" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  /// Empty for a text that was never a token.
  public static Optional<TokenSecret> parse(String text) {
    return FORM.matcher(text).matches() ? Optional.of(new TokenSecret(text)) : Optional.empty();
  }

  /// SHA-256 in lower-case hex.
  public String digest() {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /// Without the secret.
  @Override
  public String toString() {
    return "TokenSecret[...]";
  }
}
