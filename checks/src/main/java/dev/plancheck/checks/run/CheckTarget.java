// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.run;

import dev.plancheck.checks.plan.DatabaseName;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// One database of one spec, as it was when the run was planned. `sampledOut` targets are matched
/// but not checked; `kept` ones keep the results of the attempt before.
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
    boolean sampledOut,
    boolean kept) {
  public CheckTarget {
    ghostFlags =
        ghostFlags.isEmpty()
            ? Collections.emptySortedMap()
            : Collections.unmodifiableSortedMap(new TreeMap<>(ghostFlags));
    types = List.copyOf(types);
  }

  /// One that is checked now, or sampled out.
  public CheckTarget(
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
    this(
        target,
        environment,
        spec,
        sheet,
        enablePriorBackup,
        enableGhost,
        enableSdl,
        ghostFlags,
        types,
        sampledOut,
        false);
  }

  /// The same checks of another database, with which it shares all but the name.
  public CheckTarget withTarget(DatabaseName other) {
    return with(other, types, sampledOut, kept);
  }

  public CheckTarget withKept(boolean keep) {
    return with(target, types, sampledOut, keep);
  }

  CheckTarget withSampledOut(boolean out) {
    return with(target, types, out, kept);
  }

  public CheckTarget withTypes(List<CheckType> changed) {
    return with(target, changed, sampledOut, kept);
  }

  private CheckTarget with(
      DatabaseName newTarget, List<CheckType> newTypes, boolean newSampledOut, boolean newKept) {
    return new CheckTarget(
        newTarget,
        environment,
        spec,
        sheet,
        enablePriorBackup,
        enableGhost,
        enableSdl,
        ghostFlags,
        newTypes,
        newSampledOut,
        newKept);
  }
}
