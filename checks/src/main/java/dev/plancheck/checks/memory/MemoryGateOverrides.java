// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.memory;

import dev.plancheck.checks.ApiException;
import dev.plancheck.checks.gate.GateOverride;
import dev.plancheck.checks.gate.GateOverrides;
import dev.plancheck.checks.plan.PlanName;
import dev.plancheck.checks.plan.Plans;
import dev.plancheck.checks.run.PlanCheckRun;
import dev.plancheck.checks.run.Runs;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

final class MemoryGateOverrides implements GateOverrides {
  private final Plans plans;
  private final Runs runs;
  private final InstantSource clock;
  private final List<GateOverride> all = new ArrayList<>();

  MemoryGateOverrides(Plans plans, Runs runs, InstantSource clock) {
    this.plans = plans;
    this.runs = runs;
    this.clock = clock;
  }

  @Override
  public synchronized GateOverride add(GateOverride override) {
    var plan =
        plans
            .get(override.plan())
            .orElseThrow(() -> ApiException.notFound(override.plan().toString()));
    var attempt = runs.get(override.plan()).map(PlanCheckRun::attempt).orElse(0);
    if (plan.version() != override.planVersion()
        || (override.attempt() != 0 && attempt != override.attempt())) {
      throw ApiException.aborted(
          "%s has version %d and attempt %d by now (expected: %d and %d; ask the gate again)"
              .formatted(
                  plan.name(),
                  plan.version(),
                  attempt,
                  override.planVersion(),
                  override.attempt()));
    }
    var stored =
        new GateOverride(
            all.size() + 1L,
            override.plan(),
            override.purpose(),
            override.planVersion(),
            override.attempt(),
            override.taken(),
            override.actor(),
            override.why(),
            clock.instant());
    all.add(stored);
    return stored;
  }

  @Override
  public synchronized List<GateOverride> list(PlanName plan) {
    return all.stream().filter(override -> override.plan().equals(plan)).toList();
  }
}
