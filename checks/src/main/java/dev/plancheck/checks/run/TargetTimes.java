// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.run;

import dev.plancheck.checks.plan.DatabaseName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// How long each target of one run took, from its connection to its results. Kept by the process
/// that runs it and nowhere stored. Safe for many threads.
public final class TargetTimes {
  /// One check of one target.
  public record Taken(DatabaseName target, Duration time) {}

  private final List<Taken> all = new ArrayList<>();

  synchronized void add(DatabaseName target, Duration time) {
    all.add(new Taken(target, time));
  }

  /// The middle one, the upper of two; empty when no target was checked.
  public Optional<Duration> median() {
    var sorted = sorted();
    return sorted.isEmpty() ? Optional.empty() : Optional.of(sorted.get(sorted.size() / 2).time());
  }

  public Optional<Taken> slowest() {
    var sorted = sorted();
    return sorted.isEmpty() ? Optional.empty() : Optional.of(sorted.getLast());
  }

  private synchronized List<Taken> sorted() {
    return all.stream().sorted(Comparator.comparing(Taken::time)).toList();
  }
}
