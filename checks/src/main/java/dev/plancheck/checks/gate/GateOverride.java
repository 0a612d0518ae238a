// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.gate;

import dev.plancheck.checks.plan.PlanName;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;

/// A person's word that a plan may go although the gate has reasons against it. It holds for one
/// purpose, one plan version and one attempt, and only while the reasons are exactly those that it
/// names.
///
/// `attempt` is 0 for a plan without a run; `actor` is the user's name, `why` the written reason.
public record GateOverride(
    long id,
    PlanName plan,
    Purpose purpose,
    int planVersion,
    int attempt,
    List<Taken> taken,
    String actor,
    String why,
    Instant at) {
  /// A reason as it stood when it was overridden.
  public record Taken(GateReason.Kind kind, String words) {
    public static Taken of(GateReason reason) {
      return new Taken(reason.kind(), reason.words());
    }
  }

  public GateOverride {
    taken = List.copyOf(taken);
  }

  boolean covers(Purpose asked, GateAnswer.Seen seen, List<GateReason> reasons) {
    return purpose == asked
        && planVersion == seen.planVersion()
        && attempt == seen.attempt()
        && new HashSet<>(taken).equals(new HashSet<>(reasons.stream().map(Taken::of).toList()));
  }
}
