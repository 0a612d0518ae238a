// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.memory;

import dev.plancheck.checks.contract.ReleasesContract;
import dev.plancheck.checks.contract.StoragePorts;

final class MemoryReleasesTest extends ReleasesContract {
  @Override
  protected StoragePorts open() {
    return MemoryPorts.open();
  }
}
