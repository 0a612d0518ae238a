// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.postgresql;

/// Differences between databases of PostgreSQL 14 and wanted schemas.
final class Difference14Test extends DifferenceContract {
  Difference14Test() {
    super(TestServer.postgresql14());
  }
}
