// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.memory;

import dev.plancheck.checks.contract.EnvironmentsContract;
import dev.plancheck.checks.contract.StoragePorts;

final class MemoryEnvironmentsTest extends EnvironmentsContract {
  @Override
  protected StoragePorts open() {
    return MemoryPorts.open();
  }
}
