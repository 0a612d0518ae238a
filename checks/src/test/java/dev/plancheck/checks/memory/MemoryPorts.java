// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.memory;

import dev.plancheck.checks.contract.StoragePorts;
import java.time.Clock;

/// Memory as the contracts open it.
final class MemoryPorts {
  private MemoryPorts() {}

  static StoragePorts open() {
    var memory = new Memory(Clock.systemUTC());
    return new StoragePorts(
        memory.projects(),
        memory.environments(),
        memory.instances(),
        memory.databases(),
        memory.groups(),
        memory.sheets(),
        memory.releases(),
        memory.policies(),
        memory.plans(),
        memory.runs(),
        memory.shards(),
        memory.decisionPorts().overrides(),
        memory.decisionPorts().approvalPolicies(),
        memory.decisionPorts().approvals(),
        memory.decisionPorts().rollouts(),
        memory.legacyUids(),
        () -> {});
  }
}
