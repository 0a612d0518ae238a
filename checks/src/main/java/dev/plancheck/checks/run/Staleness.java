// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.run;

import dev.plancheck.checks.policy.PoliciesInForce;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

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

  /// Another text governs databases of the plan that were checked, of these environments; the empty
  /// text stands for databases without one. Of no environment: what was checked by is not known.
  record PolicyChanged(List<String> environments) implements Staleness {
    public PolicyChanged {
      environments = List.copyOf(environments);
    }

    @Override
    public String words() {
      return environments.isEmpty()
          ? "the review policy was changed"
          : "the review policy of %s was changed"
              .formatted(
                  environments.stream()
                      .map(id -> id.isEmpty() ? "databases without an environment" : id)
                      .collect(Collectors.joining(", ")));
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

  /// What the plan's answer would depend on now.
  record Now(
      int planVersion, PoliciesInForce policies, String rulesVersion, String membershipHash) {}

  /// One that was migrated says nothing of what it was checked by.
  record CheckedBeforeMigration() implements Staleness {
    @Override
    public String words() {
      return "checked before the migration, run again";
    }
  }

  /// What changed since the run was made, as the plan is now; empty if nothing did. Databases that
  /// joined bring no change of policies with them, only one of membership. Of a migrated run nobody
  /// can say what it was made by, even if somebody vouches for its results.
  static List<Staleness> changes(PlanCheckRun run, Now now) {
    var changes = new ArrayList<Staleness>();
    if (now.planVersion() != run.planVersion()) {
      changes.add(new PlanEdited(now.planVersion(), run.planVersion()));
    }
    if (run.origin() instanceof Origin.Legacy) {
      changes.add(new CheckedBeforeMigration());
      return List.copyOf(changes);
    }
    var changed = run.policies().changedIn(now.policies());
    if (!changed.isEmpty() || run.policies().byEnvironment().isEmpty()) {
      changes.add(new PolicyChanged(changed));
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
  /// no age. Who vouches for a migrated run says how old it may be; its databases are not looked at
  /// here.
  static List<Staleness> of(PlanCheckRun run, Now now, Duration maximumAge, Instant time) {
    return switch (run.origin()) {
      case Origin.Checked _ -> ofChecked(run, now, maximumAge, time);
      case Origin.Legacy legacy ->
          changes(run, now).stream()
              .filter(why -> !(why instanceof CheckedBeforeMigration && legacy.isTrusted(time)))
              .toList();
    };
  }

  /// What is against a run by itself, whatever its plan is by now: that it was migrated, and nobody
  /// vouches for it.
  public static List<Staleness> ofItself(PlanCheckRun run, Instant time) {
    return run.origin() instanceof Origin.Legacy legacy && !legacy.isTrusted(time)
        ? List.of(new CheckedBeforeMigration())
        : List.of();
  }

  private static List<Staleness> ofChecked(
      PlanCheckRun run, Now now, Duration maximumAge, Instant time) {
    var reasons = new ArrayList<>(changes(run, now));
    var oldest = run.times().oldestResultAt();
    if (oldest != null && !oldest.plus(maximumAge).isAfter(time)) {
      reasons.add(new TooOld(oldest, maximumAge));
    }
    return List.copyOf(reasons);
  }
}
