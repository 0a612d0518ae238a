// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.memory;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.Comparator;

/// Texts by code point, as a database with the collation "C" sorts UTF-8; `String.compareTo` sorts
/// by UTF-16 unit.
final class CodePoints {
  static final Comparator<String> ORDER =
      (left, right) -> Arrays.compareUnsigned(left.getBytes(UTF_8), right.getBytes(UTF_8));

  private CodePoints() {}
}
