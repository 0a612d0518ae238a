// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.approval;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// Counts how often each thing was met, for as many different things as can be told apart by
/// people; whatever is met later and is another one is not kept apart.
final class Tally<T> {
  private static final int MOST = 10_000;

  private final Map<T, Integer> counts = new LinkedHashMap<>();

  void add(T thing) {
    add(thing, 1);
  }

  void add(T thing, int times) {
    if (counts.size() < MOST || counts.containsKey(thing)) {
      counts.merge(thing, times, Integer::sum);
    }
  }

  boolean isEmpty() {
    return counts.isEmpty();
  }

  Set<T> keys() {
    return counts.keySet();
  }

  Map<T, Integer> counts() {
    return counts;
  }
}
