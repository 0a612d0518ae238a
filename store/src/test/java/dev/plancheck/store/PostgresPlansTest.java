// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.store;

import dev.plancheck.checks.contract.PlansContract;
import dev.plancheck.checks.contract.StoragePorts;

final class PostgresPlansTest extends PlansContract {
  @Override
  protected StoragePorts open() throws Exception {
    return MetadataCluster.newest().emptyPorts();
  }
}
