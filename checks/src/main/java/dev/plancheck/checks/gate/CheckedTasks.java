// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.gate;

import dev.plancheck.checks.cache.LatestUsed;
import dev.plancheck.checks.plan.PlanName;
import dev.plancheck.checks.run.CheckedState;
import dev.plancheck.checks.run.FoundResult;
import dev.plancheck.checks.run.Outcome;
import dev.plancheck.checks.run.PlanCheckRun;
import dev.plancheck.checks.run.Result;
import dev.plancheck.checks.run.Runs;
import dev.plancheck.checks.run.SpecTarget;
import dev.plancheck.engine.review.Status;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a run found on each of its targets, in some numbers. What is folded does not change any
/// more: the latest few runs are remembered, so that a rollout of thousands of tasks reads each
/// once.
final class CheckedTasks {
  private static final int REMEMBERED = 4;

  /// What a target's checks say together.
  static final class Tally {
    private final String sheet;
    private final String policy;
    private final boolean computed;
    private int errors;
    private int notPerformed;
    private @Nullable String fingerprint;
    private Instant oldest = Instant.MAX;

    /// `policy` is the hash of the one that governed the checks; empty if it is not known.
    Tally(Result first, String policy) {
      this.sheet = first.applied();
      this.policy = policy;
      this.computed = !first.computed().isEmpty();
    }

    private void add(FoundResult found) {
      var result = found.result();
      oldest = oldest.isBefore(found.checkedAt()) ? oldest : found.checkedAt();
      var summary = result.summary();
      if (summary != null) {
        fingerprint = summary.fingerprint();
      }
      if (result.outcome() == Outcome.NOT_PERFORMED) {
        notPerformed++;
      } else if (result.finding().status() == Status.ERROR) {
        errors++;
      }
    }

    /// The SHA-256 of what would run.
    String sheet() {
      return sheet;
    }

    /// Whether that was computed from the plan's sheet.
    boolean isComputed() {
      return computed;
    }

    int errors() {
      return errors;
    }

    int notPerformed() {
      return notPerformed;
    }

    /// Null where no check could tell.
    @Nullable CheckedState state() {
      return fingerprint == null || fingerprint.isEmpty() || policy.isEmpty()
          ? null
          : new CheckedState(fingerprint, policy);
    }

    Instant oldest() {
      return oldest;
    }
  }

  private record Attempt(long run, int attempt) {}

  private final Runs runs;
  private final Map<Attempt, Map<SpecTarget, Tally>> remembered = new LatestUsed<>(REMEMBERED);

  CheckedTasks(Runs runs) {
    this.runs = runs;
  }

  /// Empty while the results of the attempt are still being put together, or it is not the plan's
  /// last any more.
  synchronized Optional<Map<SpecTarget, Tally>> of(PlanName plan, PlanCheckRun run) {
    var attempt = new Attempt(run.id(), run.attempt());
    var known = remembered.get(attempt);
    if (known != null) {
      return Optional.of(known);
    }
    var read = read(plan, run);
    read.ifPresent(tallies -> remembered.put(attempt, tallies));
    return read;
  }

  private Optional<Map<SpecTarget, Tally>> read(PlanName plan, PlanCheckRun run) {
    // Read before the results: if these are of the run's attempt then the config is, too.
    var policies = policies(plan);
    var tallies = new HashMap<SpecTarget, Tally>();
    var previous = new boolean[1];
    var of =
        runs.read(
            plan,
            0,
            found -> {
              previous[0] |= found.previous();
              var result = found.result();
              tallies
                  .computeIfAbsent(
                      new SpecTarget(result.spec(), result.target()),
                      place -> new Tally(result, policies.getOrDefault(place, "")))
                  .add(found);
              return !previous[0];
            });
    return of.isPresent() && of.get().attempt() == run.attempt() && !previous[0]
        ? Optional.of(Map.copyOf(tallies))
        : Optional.empty();
  }

  private Map<SpecTarget, String> policies(PlanName plan) {
    var policies = new HashMap<SpecTarget, String>();
    runs.config(plan)
        .ifPresent(config -> {
          for (var target : config.targets()) {
            config
                .policies()
                .of(target.environment())
                .ifPresent(governing -> policies.put(SpecTarget.of(target), governing.hash()));
          }
        });
    return policies;
  }
}
