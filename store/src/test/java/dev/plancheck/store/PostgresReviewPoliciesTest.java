// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.store;

import dev.plancheck.checks.contract.ReviewPoliciesContract;
import dev.plancheck.checks.contract.StoragePorts;

final class PostgresReviewPoliciesTest extends ReviewPoliciesContract {
  @Override
  protected StoragePorts open() throws Exception {
    return MetadataCluster.newest().emptyPorts();
  }
}
