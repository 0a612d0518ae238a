// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.store;

import dev.plancheck.checks.contract.RolloutTasksContract;
import dev.plancheck.checks.contract.StoragePorts;

final class PostgresRolloutTasksTest extends RolloutTasksContract {
  @Override
  protected StoragePorts open() throws Exception {
    return MetadataCluster.newest().emptyPorts();
  }
}
