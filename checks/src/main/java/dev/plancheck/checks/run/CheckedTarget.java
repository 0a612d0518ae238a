// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.run;

import java.util.List;

/// All results of one target, at its place in [PlanCheckRunConfig#toCheck].
public record CheckedTarget(int place, List<Result> results) {
  public CheckedTarget {
    results = List.copyOf(results);
  }
}
