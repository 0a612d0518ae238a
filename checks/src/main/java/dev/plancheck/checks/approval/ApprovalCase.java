// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.approval;

import dev.plancheck.checks.approval.Approval.State;
import dev.plancheck.checks.plan.Plan;
import dev.plancheck.checks.plan.Project;
import dev.plancheck.engine.schema.Fingerprint;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// How an approval stands, with what is needed to decide on it; `binding` is null while there is
/// nothing to decide.
record ApprovalCase(
    Plan plan,
    Project.Settings settings,
    Approval approval,
    @Nullable ApprovalBinding binding,
    ApprovalProgress progress) {
  /// Of a comment, in the words of a state.
  private static final int LONGEST_QUOTE = 200;

  private static final ApprovalProgress NONE = new ApprovalProgress(List.of(), null, null);

  /// The id of the last decision, 0 without one.
  long lastDecision() {
    return lastDecision(approval.decisions());
  }

  private static long lastDecision(List<ApprovalDecision> decisions) {
    return decisions.isEmpty() ? 0 : decisions.getLast().id();
  }

  /// Makes cases of one plan; `decisions` are all that there are.
  record Maker(Plan plan, Project.Settings settings, List<ApprovalDecision> decisions) {
    private record Read(ApprovalBinding binding, long lastDecision) {}

    ApprovalCase notNeeded() {
      return without(State.NOT_NEEDED, "the project asks for no approvals");
    }

    ApprovalCase notReady(String why) {
      return without(State.NOT_READY, why);
    }

    private ApprovalCase without(State state, String words) {
      var approval =
          new Approval(
              plan.name(),
              plan.version(),
              0,
              state,
              words,
              null,
              ApprovalTemplate.NOBODY,
              List.of(),
              decisions,
              "");
      return new ApprovalCase(plan, settings, approval, null, NONE);
    }

    ApprovalCase assessed(
        ApprovalBinding binding, Assessment assessment, ApprovalTemplate template) {
      var progress = ApprovalProgress.of(binding, decisions);
      var state = state(progress);
      var approval =
          new Approval(
              plan.name(),
              binding.planVersion(),
              binding.attempt(),
              state,
              words(state, progress, binding.risk()),
              assessment,
              template,
              progress.steps(),
              decisions,
              Fingerprint.ofRecord(new Read(binding, ApprovalCase.lastDecision(decisions))));
      return new ApprovalCase(plan, settings, approval, binding, progress);
    }

    private static State state(ApprovalProgress progress) {
      if (progress.rejection() != null) {
        return State.REJECTED;
      }
      if (progress.steps().isEmpty()) {
        return State.NOT_NEEDED;
      }
      return progress.waiting() == 0 ? State.APPROVED : State.WAITING;
    }

    private static String words(State state, ApprovalProgress progress, Risk risk) {
      return switch (state) {
        case NOT_NEEDED -> "nobody has to approve at risk " + risk;
        case NOT_READY -> throw new IllegalStateException("an assessed plan is ready");
        case WAITING -> {
          var step = progress.waiting();
          var waits =
              "waits for role %s (step %d of %d)"
                  .formatted(progress.steps().get(step - 1).role(), step, progress.steps().size());
          yield progress.lost() == null ? waits : progress.lost() + "; " + waits;
        }
        case APPROVED ->
            "approved by "
                + progress.steps().stream()
                    .map(step -> Objects.requireNonNull(step.decision()).actor())
                    .distinct()
                    .collect(Collectors.joining(", "));
        case REJECTED -> {
          var rejection = Objects.requireNonNull(progress.rejection());
          yield "rejected by %s: %s".formatted(rejection.actor(), quote(rejection.comment()));
        }
      };
    }

    private static String quote(String comment) {
      return comment.codePointCount(0, comment.length()) <= LONGEST_QUOTE
          ? comment
          : comment.substring(0, comment.offsetByCodePoints(0, LONGEST_QUOTE)) + "...";
    }
  }
}
