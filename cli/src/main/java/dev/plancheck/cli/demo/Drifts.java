// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.cli.demo;

import dev.plancheck.checks.plan.DatabaseName;
import dev.plancheck.checks.run.Result;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Databases by fingerprint, as the run's own results tell them: the biggest group is how databases
/// usually look.
record Drifts(Map<String, List<DatabaseName>> groups) {
  static Drifts of(List<Result> results) {
    var groups = new LinkedHashMap<String, List<DatabaseName>>();
    for (var result : results) {
      var summary = result.summary();
      if (summary != null) {
        groups.computeIfAbsent(summary.fingerprint(), _ -> new ArrayList<>()).add(result.target());
      }
    }
    return new Drifts(groups);
  }

  /// The fingerprint of most databases; the first of equally frequent ones. Empty when nothing was
  /// read.
  String usual() {
    var usual = "";
    var most = 0;
    for (var group : groups.entrySet()) {
      if (group.getValue().size() > most) {
        usual = group.getKey();
        most = group.getValue().size();
      }
    }
    return usual;
  }

  /// Groups of databases that look otherwise, in plan order of their first.
  List<List<DatabaseName>> unusual() {
    var usual = usual();
    return groups.entrySet().stream()
        .filter(group -> !group.getKey().equals(usual))
        .map(Map.Entry::getValue)
        .map(List::copyOf)
        .toList();
  }
}
