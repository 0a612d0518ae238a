// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.run;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/// Keeps what a runner finds, for who wants it all at the end, in plan order. Safe for many
/// threads.
public final class CollectedResults implements CheckRunner.Sink {
  private final TreeMap<Integer, List<Result>> places = new TreeMap<>();

  @Override
  public synchronized void take(CheckedTarget target) {
    places.put(target.place(), target.results());
  }

  public synchronized List<Result> all() {
    var results = new ArrayList<Result>();
    places.values().forEach(results::addAll);
    return results;
  }

  /// How many targets have their results.
  public synchronized int targets() {
    return places.size();
  }
}
