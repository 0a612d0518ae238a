// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.store;

import dev.plancheck.checks.plan.DatabaseName;
import dev.plancheck.checks.run.CheckTarget;
import dev.plancheck.checks.run.Result;

/// What results of a target are found again by, over attempts.
record TargetIdentity(String spec, String sheet, DatabaseName target) {
  static TargetIdentity of(CheckTarget target) {
    return new TargetIdentity(target.spec(), target.sheet(), target.target());
  }

  static TargetIdentity of(Result result) {
    return new TargetIdentity(result.spec(), result.sheet(), result.target());
  }
}
