// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.approval;

import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/// What the kinds of a summary's statements mean to a rule.
final class StatementKinds {
  /// In place of a kind: it may be any.
  static final String OPAQUE = "";

  /// In place of kinds: there are no statements.
  static final String NOTHING = "NOTHING";

  private static final String DROP_COLUMN = "ALTER TABLE DROP COLUMN";

  /// Statements that were not understood.
  private static final Set<String> NOT_UNDERSTOOD =
      Set.of("NOT ANALYSED", "NOT PARSED", "SYNTAX ERROR");

  /// Statements that may change tables which they do not name.
  private static final Set<String> REACHING = Set.of("DO", "CALL", "EXECUTE", "SELECT", "EXPLAIN");

  private StatementKinds() {}

  /// As rules see them, sorted, each once.
  static List<String> of(List<String> statementTypes) {
    SortedSet<String> kinds = new TreeSet<>();
    for (var type : statementTypes) {
      if (NOT_UNDERSTOOD.contains(type)) {
        kinds.add(OPAQUE);
      } else if (type.equals(DROP_COLUMN)) {
        kinds.addAll(List.of("ALTER TABLE", "DROP COLUMN"));
      } else {
        kinds.add(type);
      }
    }
    return kinds.isEmpty() ? List.of(NOTHING) : List.copyOf(kinds);
  }

  static boolean mayReachFurther(String kind) {
    return REACHING.contains(kind);
  }
}
