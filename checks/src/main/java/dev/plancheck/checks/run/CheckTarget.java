// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.run;

import dev.plancheck.checks.plan.DatabaseName;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// One database of one spec, as it was when the run was planned. `sampledOut` targets are matched
/// but not checked.
public record CheckTarget(
    DatabaseName target,
    String environment,
    String spec,
    String sheet,
    boolean enablePriorBackup,
    boolean enableGhost,
    boolean enableSdl,
    SortedMap<String, String> ghostFlags,
    List<CheckType> types,
    boolean sampledOut) {
  public CheckTarget {
    ghostFlags = Collections.unmodifiableSortedMap(new TreeMap<>(ghostFlags));
    types = List.copyOf(types);
  }

  public CheckTarget withTypes(List<CheckType> changed) {
    return new CheckTarget(
        target,
        environment,
        spec,
        sheet,
        enablePriorBackup,
        enableGhost,
        enableSdl,
        ghostFlags,
        changed,
        sampledOut);
  }
}
