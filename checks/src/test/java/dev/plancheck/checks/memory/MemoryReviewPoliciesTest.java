// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.memory;

import dev.plancheck.checks.contract.ReviewPoliciesContract;
import dev.plancheck.checks.contract.StoragePorts;

final class MemoryReviewPoliciesTest extends ReviewPoliciesContract {
  @Override
  protected StoragePorts open() {
    return MemoryPorts.open();
  }
}
