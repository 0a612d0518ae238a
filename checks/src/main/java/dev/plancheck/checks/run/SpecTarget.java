// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.run;

import dev.plancheck.checks.plan.DatabaseName;

/// One database of one spec of a plan. `spec` is the spec's id.
public record SpecTarget(String spec, DatabaseName target) {
  public static SpecTarget of(CheckTarget target) {
    return new SpecTarget(target.spec(), target.target());
  }

  static SpecTarget of(Result result) {
    return new SpecTarget(result.spec(), result.target());
  }
}
