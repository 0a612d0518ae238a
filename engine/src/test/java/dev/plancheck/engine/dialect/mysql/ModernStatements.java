// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.dialect.mysql;

import static java.util.function.Predicate.not;

import java.util.List;

/// Lists of one statement a line in `modern`, which tests hold against the parsers and against real
/// servers.
public final class ModernStatements {
  private ModernStatements() {}

  /// Of MySQL each begins with the first version that is known to take it: `5.7: SELECT 1`.
  public static List<String> of(String list) {
    return Resource.text("modern/%s.txt".formatted(list))
        .lines()
        .filter(not(String::isBlank))
        .filter(line -> !line.startsWith("#"))
        .toList();
  }
}
