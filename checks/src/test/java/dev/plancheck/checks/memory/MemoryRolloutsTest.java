// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.memory;

import dev.plancheck.checks.contract.RolloutsContract;
import dev.plancheck.checks.contract.StoragePorts;

final class MemoryRolloutsTest extends RolloutsContract {
  @Override
  protected StoragePorts open() {
    return MemoryPorts.open();
  }
}
