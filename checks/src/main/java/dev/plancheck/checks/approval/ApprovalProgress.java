// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.approval;

import dev.plancheck.checks.approval.ApprovalDecision.Kind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How far the decisions about a plan go for what it is now: a pure function.
///
/// Decisions since the last request count. A rejection holds as long as the content is the one that
/// was rejected. An approval holds as long as the content is the same, the findings are, and the
/// risk is not higher; each holds for one step of its role. `lost` says why the last approval that
/// does not hold does not; null if there is none.
record ApprovalProgress(
    List<ApprovalStep> steps, @Nullable ApprovalDecision rejection, @Nullable String lost) {
  ApprovalProgress {
    steps = List.copyOf(steps);
  }

  static ApprovalProgress of(ApprovalBinding now, List<ApprovalDecision> log) {
    var holding = new ArrayList<ApprovalDecision>();
    ApprovalDecision rejection = null;
    String lost = null;
    for (var decision : log) {
      switch (decision.kind()) {
        case REQUESTED -> {
          holding.clear();
          rejection = null;
          lost = null;
        }
        case REJECTED -> {
          if (now.hasContentOf(decision.binding())) {
            rejection = decision;
          }
        }
        case APPROVED -> {
          var why = lost(now, decision.binding());
          if (why == null) {
            holding.add(decision);
          } else {
            lost = why;
          }
        }
      }
    }
    return new ApprovalProgress(steps(now.roles(), holding), rejection, lost);
  }

  private static List<ApprovalStep> steps(List<String> roles, List<ApprovalDecision> holding) {
    var left = new ArrayList<>(holding);
    var steps = new ArrayList<ApprovalStep>();
    for (var role : roles) {
      var found = left.stream().filter(decision -> decision.role().equals(role)).findFirst();
      found.ifPresent(left::remove);
      steps.add(new ApprovalStep(role, found.orElse(null)));
    }
    return steps;
  }

  private static @Nullable String lost(ApprovalBinding now, ApprovalBinding then) {
    if (!now.specs().equals(then.specs())) {
      return "the plan was changed since it was approved (version %d, approved %d)"
          .formatted(now.planVersion(), then.planVersion());
    }
    if (!now.targetsHash().equals(then.targetsHash())) {
      return "the plan's databases are not those that were approved";
    }
    if (now.risk().isHigherThan(then.risk())) {
      return "risk is %s now, approved as %s".formatted(now.risk(), then.risk());
    }
    return now.findingsDigest().equals(then.findingsDigest())
        ? null
        : "the findings are not those that were approved (attempt %d, approved %d)"
            .formatted(now.attempt(), then.attempt());
  }

  /// The step that waits, counted from 1; 0 if none does.
  int waiting() {
    for (var index = 0; index < steps.size(); index++) {
      if (steps.get(index).decision() == null) {
        return index + 1;
      }
    }
    return 0;
  }

  /// Whether the user has approved a step.
  boolean hasApproved(String user) {
    return steps.stream()
        .map(ApprovalStep::decision)
        .anyMatch(decision ->
            decision != null && decision.kind() == Kind.APPROVED && decision.actor().equals(user));
  }
}
