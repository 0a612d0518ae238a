// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.review;

import dev.plancheck.engine.dialect.Script;
import dev.plancheck.engine.text.Span;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Hides what a script's suppressions cover, and remembers which of them did.
final class SuppressionUse {
  private static final int WHOLE_FILE = -1;

  private final int[] starts;
  private final List<Suppression> suppressions;

  /// By the statement that they speak of.
  private final Map<Integer, List<Suppression>> byStatement = new HashMap<>();

  private final Set<Place> used = new HashSet<>();

  /// One rule of one suppression.
  record Place(String rule, Span at) {}

  SuppressionUse(Script script, List<Suppression> suppressions) {
    this.starts = script.statements().stream().mapToInt(s -> s.span().start()).toArray();
    this.suppressions = suppressions;
    for (var suppression : suppressions) {
      var statement = Math.max(WHOLE_FILE, suppression.statement());
      byStatement.computeIfAbsent(statement, _ -> new ArrayList<>()).add(suppression);
    }
  }

  boolean hides(Remark remark) {
    if (suppressions.isEmpty() || OwnFinding.byId(remark.rule().id()).isPresent()) {
      return false;
    }
    var rule = remark.rule().id();
    var statement = statementAt(remark.at().start());
    var hidden = use(rule, WHOLE_FILE);
    return (statement != WHOLE_FILE && use(rule, statement)) || hidden;
  }

  private boolean use(String rule, int statement) {
    var hidden = false;
    for (var suppression : byStatement.getOrDefault(statement, List.of())) {
      if (suppression.rules().contains(rule)) {
        used.add(new Place(rule, suppression.at()));
        hidden = true;
      }
    }
    return hidden;
  }

  /// What suppresses nothing; rules that the policy has switched off, or does not know, are left
  /// out.
  List<Place> unused(Policy policy) {
    var unused = new ArrayList<Place>();
    for (var suppression : suppressions) {
      for (var rule : suppression.rules()) {
        var place = new Place(rule, suppression.at());
        var on = policy.entry(rule).filter(entry -> entry.level() != Level.OFF).isPresent();
        if (on && !used.contains(place)) {
          unused.add(place);
        }
      }
    }
    return unused;
  }

  private int statementAt(int offset) {
    var found = Arrays.binarySearch(starts, offset);
    return found >= 0 ? found : -found - 2;
  }
}
