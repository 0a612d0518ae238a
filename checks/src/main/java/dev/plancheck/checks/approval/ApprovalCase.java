// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.approval;

import dev.plancheck.checks.approval.Approval.State;
import dev.plancheck.checks.plan.Plan;
import dev.plancheck.checks.plan.Project;
import dev.plancheck.engine.schema.Fingerprint;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How an approval stands, with what is needed to decide on it; `binding` is null while there is
/// nothing to decide.
record ApprovalCase(
    Plan plan,
    Project.Settings settings,
    Approval approval,
    @Nullable ApprovalBinding binding,
    ApprovalProgress progress) {
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
      var state = progress.state();
      var approval =
          new Approval(
              plan.name(),
              binding.planVersion(),
              binding.attempt(),
              state,
              progress.words(binding.risk()),
              assessment,
              template,
              progress.steps(),
              decisions,
              Fingerprint.ofRecord(new Read(binding, ApprovalCase.lastDecision(decisions))));
      return new ApprovalCase(plan, settings, approval, binding, progress);
    }
  }
}
