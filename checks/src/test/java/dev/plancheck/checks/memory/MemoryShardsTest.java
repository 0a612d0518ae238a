// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.memory;

import dev.plancheck.checks.contract.ShardsContract;
import dev.plancheck.checks.contract.StoragePorts;

final class MemoryShardsTest extends ShardsContract {
  @Override
  protected StoragePorts open() {
    return MemoryPorts.open();
  }
}
