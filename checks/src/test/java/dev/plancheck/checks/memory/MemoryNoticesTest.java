// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.memory;

import dev.plancheck.checks.contract.NoticesContract;
import dev.plancheck.checks.contract.Samples;
import dev.plancheck.checks.notice.NoticePorts;
import java.time.Clock;

final class MemoryNoticesTest extends NoticesContract {
  @Override
  protected NoticePorts open() {
    var memory = new Memory(Clock.systemUTC());
    memory.projects().create(Samples.project("shop"));
    memory.projects().create(Samples.project("other"));
    return memory.notices();
  }
}
