// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.store;

import dev.plancheck.checks.contract.ApprovalRecordsContract;
import dev.plancheck.checks.contract.StoragePorts;

final class PostgresApprovalRecordsTest extends ApprovalRecordsContract {
  @Override
  protected StoragePorts open() throws Exception {
    return MetadataCluster.newest().emptyPorts();
  }
}
