// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.postgresql;

/// Hostile scripts against PostgreSQL 18.
final class Hostile18Test extends HostileContract {
  Hostile18Test() {
    super(TestServer.postgresql18());
  }
}
