// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.memory;

import dev.plancheck.checks.access.AccessPorts;
import dev.plancheck.checks.contract.AccessContract;
import dev.plancheck.checks.contract.Samples;
import java.time.Clock;

final class MemoryAccessTest extends AccessContract {
  @Override
  protected AccessPorts open() {
    var memory = new Memory(Clock.systemUTC());
    memory.projects().create(Samples.project("shop"));
    return memory.access();
  }
}
