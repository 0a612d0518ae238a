// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.ghost;

import java.util.regex.Pattern;

/// A query that finds one row that would be lost. `sql` is empty where none can be given. What is
/// `ours` is made of names, numbers and plain texts alone, so that plancheck may ask it: an
/// expression of the sheet could call anything.
record Question(String sql, boolean ours) {
  static final Question NONE = new Question("", false);

  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_]{1,64}");

  /// Made by us; a backslash could end a text otherwise than we mean.
  static Question ours(String sql) {
    return new Question(sql, !sql.contains("\\"));
  }

  /// With a part that is the sheet's own.
  static Question theirs(String sql) {
    return new Question(sql, false);
  }

  /// Whether a word of the sheet can mean nothing but a name.
  static boolean isPlain(String word) {
    return PLAIN.matcher(word).matches();
  }
}
