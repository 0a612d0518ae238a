// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.planner;

import dev.plancheck.checks.plan.Database;
import dev.plancheck.checks.plan.DatabaseName;
import dev.plancheck.engine.schema.Fingerprint;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/// Chooses which of a spec's databases are checked: the last environment first, at least one of
/// each environment while the number lasts. The choice is the same for a plan each time, and
/// another for another plan.
final class Sampling {
  private record Lot(String seed, DatabaseName target) {}

  private final String seed;
  private final EnvironmentOrder order;

  Sampling(String seed, EnvironmentOrder order) {
    this.seed = seed;
    this.order = order;
  }

  /// All of them when `size` is 0 or not below their number.
  Set<DatabaseName> choose(List<Database> matched, int size) {
    if (size == 0 || matched.size() <= size) {
      return names(matched);
    }
    var byEnvironment = new TreeMap<String, List<Database>>(order.reversed());
    for (var database : shuffled(matched)) {
      byEnvironment.computeIfAbsent(database.environment(), _ -> new ArrayList<>()).add(database);
    }
    var wanted = new ArrayList<Database>();
    byEnvironment.values().forEach(databases -> wanted.add(databases.getFirst()));
    byEnvironment
        .values()
        .forEach(databases -> wanted.addAll(databases.subList(1, databases.size())));
    return names(wanted.subList(0, size));
  }

  private List<Database> shuffled(List<Database> matched) {
    var lots = new TreeMap<String, Database>();
    for (var database : matched) {
      lots.put(Fingerprint.ofRecord(new Lot(seed, database.name())), database);
    }
    return List.copyOf(lots.values());
  }

  private static Set<DatabaseName> names(List<Database> databases) {
    var names = new HashSet<DatabaseName>();
    databases.forEach(database -> names.add(database.name()));
    return names;
  }
}
