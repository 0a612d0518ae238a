// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.gate;

import dev.plancheck.checks.ApiException;
import dev.plancheck.checks.plan.PlanName;
import dev.plancheck.checks.plan.Project;
import dev.plancheck.checks.run.PlanCheckRun;
import dev.plancheck.checks.run.RunService;
import dev.plancheck.checks.run.Runs;
import dev.plancheck.checks.run.Staleness;
import dev.plancheck.checks.run.Standing;
import dev.plancheck.checks.run.Standing.Planned;
import dev.plancheck.checks.run.Verdict;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The one gate. It reads what is stored and changes nothing but the list of overrides.
///
/// It is open only if no checks apply to any spec, or a run that is DONE, current and complete has
/// no error that the project does not allow; for a rollout also only with an approval. Whatever is
/// missing is a reason against it.
public final class Gate {
  private static final int LONGEST_WHY = 2000;

  private final RunService runs;
  private final GateOverrides overrides;
  private final ApprovalQuestion approval;
  private final TaskGate tasks;

  /// `results` is what `runs` stores.
  public Gate(
      RunService runs,
      Runs results,
      GateOverrides overrides,
      ApprovalQuestion approval,
      InstantSource clock) {
    this.runs = runs;
    this.tasks = new TaskGate(new CheckedTasks(results), clock);
    this.overrides = overrides;
    this.approval = approval;
  }

  /// Throws [ApiException] NOT_FOUND for an unknown plan.
  public GateAnswer evaluate(PlanName plan, Purpose purpose) {
    var standing = runs.standing(plan);
    var seen = seen(standing);
    var reasons = new ArrayList<>(reasons(standing));
    Long approved = null;
    if (purpose == Purpose.ROLLOUT) {
      switch (approval.state(plan, seen)) {
        case ApprovalState.Given(var decision) -> approved = decision;
        case ApprovalState.Missing(var why) -> reasons.add(new GateReason.NotApproved(why));
      }
    }
    return reasons.isEmpty()
        ? new GateAnswer.Open(seen, approved)
        : overridden(plan, purpose, new GateAnswer.Blocked(seen, reasons), approved);
  }

  /// A run that an earlier content of the plan left behind says nothing of a plan without checks.
  private static GateAnswer.Seen seen(Standing standing) {
    var applies = !(standing.planned() instanceof Planned.NothingToCheck);
    return new GateAnswer.Seen(standing.planVersion(), applies ? standing.run() : null);
  }

  /// What is against these changes of a rollout under way, each for itself. Which databases the
  /// plan would match by now does not matter: a rollout has settled on its own. Throws
  /// [ApiException] NOT_FOUND for an unknown plan.
  public TaskAnswers evaluateTasks(PlanName plan, Collection<GateTask> open) {
    var standing = runs.standing(plan);
    var seen = new GateAnswer.Seen(standing.planVersion(), standing.run());
    var all = new ArrayList<GateReason>();
    if (approval.state(plan, seen, open) instanceof ApprovalState.Missing(var why)) {
      all.add(new GateReason.NotApproved(why));
    }
    return tasks.evaluate(plan, standing, all, open).without(overrides.list(plan));
  }

  private GateAnswer overridden(
      PlanName plan, Purpose purpose, GateAnswer.Blocked blocked, @Nullable Long approved) {
    return overrides.list(plan).stream()
        .filter(override -> override.covers(purpose, blocked.seen(), blocked.reasons()))
        .reduce((_, last) -> last)
        .<GateAnswer>map(override ->
            new GateAnswer.Overridden(blocked.seen(), blocked.reasons(), override, approved))
        .orElse(blocked);
  }

  private static List<GateReason> reasons(Standing standing) {
    return switch (standing.planned()) {
      case Planned.NothingToCheck _ -> List.of();
      case Planned.MatchesNothing(var spec) -> List.of(new GateReason.MatchesNothing(spec));
      case Planned.Impossible(var why) -> List.of(new GateReason.NotPlannable(why));
      case Planned.ToCheck _ -> {
        var run = standing.run();
        yield run == null
            ? List.of(new GateReason.NeverChecked())
            : reasons(run, standing.staleness(), standing.settings());
      }
    };
  }

  /// What is against a plan that this run was made for, whatever else the plan is.
  public static List<GateReason> reasons(
      PlanCheckRun run, List<Staleness> staleness, Project.Settings settings) {
    var reasons = new ArrayList<GateReason>();
    GateReason.ofStatus(run)
        .ifPresentOrElse(reasons::add, () -> reasons.addAll(ofResults(run, settings)));
    staleness.forEach(why -> reasons.add(new GateReason.Stale(why)));
    return List.copyOf(reasons);
  }

  private static List<GateReason> ofResults(PlanCheckRun run, Project.Settings settings) {
    var reasons = new ArrayList<GateReason>();
    var counts = run.counts();
    if (run.verdict() == Verdict.INCOMPLETE || counts.done() < 1) {
      reasons.add(new GateReason.Incomplete(counts.notPerformed()));
    }
    if (counts.error() > 0 && !settings.allowErrors()) {
      reasons.add(new GateReason.Errors(counts.error()));
    }
    return reasons;
  }

  /// Takes over every reason that the gate has now. `seen` and `kinds` are what the caller read;
  /// `why` is their written reason. Throws [ApiException]: NOT_FOUND; INVALID_ARGUMENT for an empty
  /// or too long reason; FAILED_PRECONDITION when the gate is open, or has a reason that nobody can
  /// take over; ABORTED when the gate does not say any more what the caller read.
  public GateOverride override(
      PlanName plan, Purpose purpose, GateOverrideRequest request, String actor) {
    checkWhy(request.why());
    var blocked =
        switch (evaluate(plan, purpose)) {
          case GateAnswer.Open _ -> throw open(plan);
          case GateAnswer.Overridden _ -> throw open(plan);
          case GateAnswer.Blocked answer -> answer;
        };
    requireSame(plan, request, blocked);
    for (var reason : blocked.reasons()) {
      if (!reason.kind().isOverridable()) {
        throw ApiException.failedPrecondition(
            "the gate of %s cannot be overridden: %s".formatted(plan, reason.words()));
      }
    }
    return overrides.add(
        new GateOverride(
            0,
            plan,
            purpose,
            blocked.seen().planVersion(),
            blocked.seen().attempt(),
            blocked.reasons().stream().map(GateOverride.Taken::of).toList(),
            actor,
            request.why().strip(),
            Instant.EPOCH));
  }

  private static void checkWhy(String why) {
    if (why.isBlank() || why.length() > LONGEST_WHY) {
      throw ApiException.invalid(
          "reason",
          "reason: %d characters (expected: 1 to %d, for whoever asks later)"
              .formatted(why.strip().length(), LONGEST_WHY));
    }
  }

  private static void requireSame(
      PlanName plan, GateOverrideRequest request, GateAnswer.Blocked blocked) {
    var kinds = blocked.reasons().stream().map(GateReason::kind).distinct().sorted().toList();
    var read = request.kinds().stream().distinct().sorted().toList();
    var seen = blocked.seen();
    if (request.planVersion() != seen.planVersion()
        || request.attempt() != seen.attempt()
        || !read.equals(kinds)) {
      throw ApiException.aborted(
          "the gate of %s is shut by %s in version %d, attempt %d (overriding: %s in version %d,"
                  .formatted(
                      plan, kinds, seen.planVersion(), seen.attempt(), read, request.planVersion())
              + " attempt %d; ask the gate again)".formatted(request.attempt()));
    }
  }

  private static ApiException open(PlanName plan) {
    return ApiException.failedPrecondition(
        "the gate of %s is open (expected: a reason to override)".formatted(plan));
  }

  public List<GateOverride> overrides(PlanName plan) {
    return overrides.list(plan);
  }
}
