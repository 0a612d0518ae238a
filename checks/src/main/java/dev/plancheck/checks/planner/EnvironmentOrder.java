// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.planner;

import java.util.Comparator;
import java.util.List;

/// Environments from the first to roll out to, to the last: `[test, staging, prod]`. Those not
/// listed come before all others, by name.
public record EnvironmentOrder(List<String> listed) implements Comparator<String> {
  public static final EnvironmentOrder BY_NAME = new EnvironmentOrder(List.of());

  public EnvironmentOrder {
    listed = List.copyOf(listed);
  }

  @Override
  public int compare(String left, String right) {
    var byPlace = Integer.compare(listed.indexOf(left), listed.indexOf(right));
    return byPlace != 0 ? byPlace : left.compareTo(right);
  }
}
