// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.rollout;

import dev.plancheck.checks.ApiException;
import dev.plancheck.checks.plan.PlanName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One version of a plan on its way to its databases. A version is rolled out once, so that no two
/// rollouts apply the same sheet to a database; what was canceled of it can be retried.
///
/// `waiting` says in words what it waits for; empty while it does not, or is at its end.
public record Rollout(
    long id,
    Source source,
    RolloutOptions options,
    Status status,
    List<Stage> stages,
    String waiting,
    String actor,
    Times times) {
  public enum Status {
    ACTIVE,
    /// Canceled, and something still runs.
    CANCELING,
    CANCELED,
    DONE;

    /// As long as it is, the plan cannot be edited.
    public boolean isLive() {
      return this == ACTIVE || this == CANCELING;
    }
  }

  /// What let it through the gate. `attempt` is 0 for a plan that has nothing to check; `approval`
  /// is the id of the decision that completed the approval; it and `override` are null where there
  /// was none.
  public record Source(
      PlanName plan,
      int planVersion,
      int attempt,
      @Nullable String approval,
      @Nullable Long override) {}

  /// By the storage's clock; `endedAt` is null while it is live.
  public record Times(Instant createdAt, @Nullable Instant endedAt) {}

  /// The refusal of an edit while a rollout is live.
  public static ApiException editRefused(PlanName plan) {
    return ApiException.failedPrecondition(
        "%s is being rolled out (expected: no live rollout; cancel it, or wait for its end)"
            .formatted(plan));
  }

  /// The refusal of a second live rollout.
  public static ApiException secondRefused(PlanName plan) {
    return ApiException.failedPrecondition(
        "%s is being rolled out already (expected: no live rollout)".formatted(plan));
  }

  /// The refusal of a second rollout of one version.
  public static ApiException repeatRefused(PlanName plan, int version) {
    return ApiException.failedPrecondition(
        "version %d of %s was rolled out before (expected: an edited plan; what was canceled can be retried)"
            .formatted(version, plan));
  }

  /// The refusal to revive a canceled rollout.
  public static ApiException revivalRefused(PlanName plan) {
    return ApiException.failedPrecondition(
        "the rollout of %s was canceled, and the plan edited or rolled out anew since (expected: the same version)"
            .formatted(plan));
  }

  public Rollout {
    stages = List.copyOf(stages);
  }

  public PlanName plan() {
    return source.plan();
  }

  /// The first stage that is not complete.
  public Optional<Stage> current() {
    return stages.stream().filter(stage -> !stage.isComplete()).findFirst();
  }

  public int moving() {
    return stages.stream().mapToInt(stage -> stage.counts().moving()).sum();
  }
}
