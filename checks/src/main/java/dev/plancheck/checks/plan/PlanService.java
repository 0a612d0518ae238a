// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.plan;

import dev.plancheck.checks.ApiException;
import dev.plancheck.checks.CheckPorts;
import java.util.List;

/// Writes plans for callers whose input is not to be trusted; reading goes to the ports.
public final class PlanService {
  private final CheckPorts ports;

  public PlanService(CheckPorts ports) {
    this.ports = ports;
  }

  /// Throws [ApiException]: INVALID_ARGUMENT for specs that contradict themselves or each other, or
  /// name what does not exist for the project; NOT_FOUND for an unknown project.
  public Plan create(String project, String title, List<Spec> specs, String actor) {
    check(project, specs);
    return ports.plans().create(project, title, specs, actor);
  }

  /// Replaces title and specs of the version that the caller read. Specs that stay as they are may
  /// name what does not exist any more. Throws [ApiException]: as [#create], and ABORTED when the
  /// stored version is another one.
  public Plan update(Plan plan, String actor) {
    var stored = ports.plans().get(plan.name());
    if (stored.isPresent() && !stored.get().specs().equals(plan.specs())) {
      check(plan.name().project(), plan.specs());
    }
    return ports.plans().update(plan, actor);
  }

  private void check(String project, List<Spec> specs) {
    SpecRules.check(specs);
    SpecReferences.check(ports, project, specs);
  }
}
