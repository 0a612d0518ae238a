// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.postgresql;

/// Differences between databases of PostgreSQL 18 and wanted schemas.
final class Difference18Test extends DifferenceContract {
  Difference18Test() {
    super(TestServer.postgresql18());
  }
}
