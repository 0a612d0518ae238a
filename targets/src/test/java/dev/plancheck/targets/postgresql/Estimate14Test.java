// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.postgresql;

/// Estimates of PostgreSQL 14.
final class Estimate14Test extends EstimateContract {
  Estimate14Test() {
    super(TestServer.postgresql14());
  }
}
