// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.run;

import dev.plancheck.checks.plan.DatabaseName;
import dev.plancheck.engine.review.Finding;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;

/// The same remark about one or many targets: what people read instead of a thousand equal lines.
/// `targets` are in plan order, each once.
public record GroupedResult(
    String spec,
    String sheet,
    CheckType type,
    Outcome outcome,
    Finding finding,
    List<DatabaseName> targets) {
  public GroupedResult {
    targets = List.copyOf(targets);
  }

  /// Groups in order of first appearance. Numbers of single targets (summaries) are no part of a
  /// group.
  public static List<GroupedResult> of(Collection<Result> results) {
    record Key(String spec, String sheet, CheckType type, Outcome outcome, Finding finding) {}
    var groups = new LinkedHashMap<Key, List<DatabaseName>>();
    for (var result : results) {
      var key =
          new Key(result.spec(), result.sheet(), result.type(), result.outcome(), result.finding());
      groups.computeIfAbsent(key, _ -> new ArrayList<>()).add(result.target());
    }
    return groups.entrySet().stream()
        .map(group ->
            new GroupedResult(
                group.getKey().spec(),
                group.getKey().sheet(),
                group.getKey().type(),
                group.getKey().outcome(),
                group.getKey().finding(),
                group.getValue().stream().distinct().toList()))
        .toList();
  }
}
