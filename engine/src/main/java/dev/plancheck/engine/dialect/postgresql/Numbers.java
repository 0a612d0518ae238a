// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.dialect.postgresql;

import org.jspecify.annotations.Nullable;

/// Whole numbers as the script writes them.
final class Numbers {
  private Numbers() {}

  /// Null for anything but an optional sign and digits that fit an int.
  static @Nullable Integer parse(String text) {
    try {
      return Integer.valueOf(text);
    } catch (NumberFormatException e) {
      return null;
    }
  }
}
