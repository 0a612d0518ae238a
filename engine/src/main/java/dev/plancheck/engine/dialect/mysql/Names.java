// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.dialect.mysql;

import java.util.Locale;

/// How names are compared.
final class Names {
  private Names() {}

  /// Columns, indexes and constraints are the same in upper and lower case, quoted or not. Tables
  /// and databases are kept as written: whether they are depends on the server's file system.
  static String fold(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
