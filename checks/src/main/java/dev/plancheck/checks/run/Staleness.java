// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.run;

import dev.plancheck.checks.run.RunEvent.Basis;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Why a run does not answer for its plan any more.
public sealed interface Staleness {
  /// For people: `the plan was edited (version 3, checked 2)`.
  String words();

  record PlanEdited(int version, int checked) implements Staleness {
    @Override
    public String words() {
      return "the plan was edited (version %d, checked %d)".formatted(version, checked);
    }
  }

  record PolicyChanged() implements Staleness {
    @Override
    public String words() {
      return "the review policy was changed";
    }
  }

  record RulesChanged(String version, String checked) implements Staleness {
    @Override
    public String words() {
      return "the rules changed (%s, checked with %s)".formatted(version, checked);
    }
  }

  record MembershipChanged() implements Staleness {
    @Override
    public String words() {
      return "the plan's databases are not those that were checked";
    }
  }

  /// Older than `maximum`, the project's maximum age.
  record TooOld(Instant oldestResultAt, Duration maximum) implements Staleness {
    @Override
    public String words() {
      return "the oldest result is of %s (expected: younger than %s)"
          .formatted(oldestResultAt, Patience.text(maximum));
    }
  }

  /// What changed since the run was made, as the plan is now; empty if nothing did.
  static List<Staleness> changes(PlanCheckRun run, Basis now) {
    var changes = new ArrayList<Staleness>();
    if (now.planVersion() != run.planVersion()) {
      changes.add(new PlanEdited(now.planVersion(), run.planVersion()));
    }
    if (!now.policyHash().equals(run.policyHash())) {
      changes.add(new PolicyChanged());
    }
    if (!now.rulesVersion().equals(run.rulesVersion())) {
      changes.add(new RulesChanged(now.rulesVersion(), run.rulesVersion()));
    }
    if (!now.membershipHash().equals(run.membershipHash())) {
      changes.add(new MembershipChanged());
    }
    return List.copyOf(changes);
  }

  /// Every reason why the run is not current at `time`; empty if it is. A run without results has
  /// no age.
  static List<Staleness> of(PlanCheckRun run, Basis now, Duration maximumAge, Instant time) {
    var reasons = new ArrayList<>(changes(run, now));
    var oldest = run.times().oldestResultAt();
    if (oldest != null && !oldest.plus(maximumAge).isAfter(time)) {
      reasons.add(new TooOld(oldest, maximumAge));
    }
    return List.copyOf(reasons);
  }
}
