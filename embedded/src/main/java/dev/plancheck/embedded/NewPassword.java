// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.embedded;

import java.security.SecureRandom;
import java.util.Base64;

/// A password that nobody can guess, for a server of our own.
public final class NewPassword {
  private static final int BYTES = 24;

  private NewPassword() {}

  /// Letters, digits, `-` and `_`.
  public static String random() {
    var bytes = new byte[BYTES];
    new SecureRandom().nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
