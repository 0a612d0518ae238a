// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.memory;

import dev.plancheck.checks.contract.LegacyUidsContract;
import dev.plancheck.checks.contract.StoragePorts;

final class MemoryLegacyUidsTest extends LegacyUidsContract {
  @Override
  protected StoragePorts open() {
    return MemoryPorts.open();
  }
}
