// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.postgresql;

/// Estimates of PostgreSQL 18.
final class Estimate18Test extends EstimateContract {
  Estimate18Test() {
    super(TestServer.postgresql18());
  }
}
