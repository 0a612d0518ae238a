// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.rollout;

import dev.plancheck.checks.ApiException;
import dev.plancheck.checks.gate.GateAnswer;
import dev.plancheck.checks.plan.PlanName;
import dev.plancheck.checks.run.CheckTarget;
import dev.plancheck.checks.run.PlanCheckRunConfig;
import dev.plancheck.checks.run.Runs;
import dev.plancheck.checks.run.SpecTarget;
import java.util.HashMap;
import java.util.Map;

/// What runs where: the plan's own sheet, or what the checks have computed from it for a database.
record ManifestSheets(Runs runs) {
  /// Sheets by target; a wanted schema itself is never among them.
  record Sheets(Map<SpecTarget, String> computed) {
    Sheets {
      computed = Map.copyOf(computed);
    }

    /// Throws [ApiException] FAILED_PRECONDITION where the difference is not known.
    String of(CheckTarget target) {
      if (!target.enableSdl()) {
        return target.sheet();
      }
      var sheet = computed.get(SpecTarget.of(target));
      if (sheet == null) {
        throw ApiException.failedPrecondition(
            "the difference of %s to the wanted schema is not known (expected: a check that computed it)"
                .formatted(target.target()));
      }
      return sheet;
    }
  }

  /// Throws [ApiException] ABORTED when the results are not those that the gate has seen.
  Sheets of(PlanName plan, GateAnswer.Seen seen, PlanCheckRunConfig config) {
    var computed = new HashMap<SpecTarget, String>();
    if (config.targets().stream().noneMatch(CheckTarget::enableSdl)) {
      return new Sheets(computed);
    }
    var previous = new boolean[1];
    var read =
        runs.read(
            plan,
            0,
            found -> {
              previous[0] |= found.previous();
              var result = found.result();
              if (!result.computed().isEmpty()) {
                computed.put(new SpecTarget(result.spec(), result.target()), result.computed());
              }
              return !previous[0];
            });
    if (read.isEmpty() || read.get().attempt() != seen.attempt() || previous[0]) {
      throw ApiException.aborted(
          "the checks of %s changed while they were read (expected: attempt %d, complete)"
              .formatted(plan, seen.attempt()));
    }
    return new Sheets(computed);
  }
}
