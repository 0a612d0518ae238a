// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.store.codec;

/// A stored value that this program cannot read: written by a newer version of plancheck, or
/// changed by hand.
public final class StoredFormatException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  StoredFormatException(String what, String problem) {
    super(message(what, problem));
  }

  StoredFormatException(String what, Exception cause) {
    super(message(what, String.valueOf(cause.getMessage())), cause);
  }

  private static String message(String what, String problem) {
    return "stored %s cannot be read: %s (expected: written by this or an older version of plancheck)"
        .formatted(what, problem);
  }
}
