// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.planner;

import dev.plancheck.checks.plan.DatabaseName;
import dev.plancheck.checks.run.CheckTarget;
import dev.plancheck.engine.schema.Fingerprint;
import java.util.Comparator;
import java.util.List;

/// Which databases belong to which spec, and where they are. Its hash is equal exactly when nobody
/// joined, left or went to another environment, whatever the order.
record Membership(List<Member> members) {
  record Member(String spec, DatabaseName target, String environment) {}

  static String hash(List<CheckTarget> targets) {
    var members =
        targets.stream()
            .map(target -> new Member(target.spec(), target.target(), target.environment()))
            .sorted(Comparator.comparing(Member::spec).thenComparing(Member::target))
            .toList();
    return Fingerprint.ofRecord(new Membership(members));
  }
}
