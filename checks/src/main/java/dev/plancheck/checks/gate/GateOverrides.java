// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.gate;

import dev.plancheck.checks.plan.PlanName;
import java.util.List;

/// Overrides as they are kept: only ever added to.
public interface GateOverrides {
  /// Stores the override with an id and the storage's time. Throws
  /// [dev.plancheck.checks.ApiException]: NOT_FOUND for an unknown plan, ABORTED unless the plan
  /// still has that version and its run that attempt.
  GateOverride add(GateOverride override);

  /// Oldest first.
  List<GateOverride> list(PlanName plan);
}
