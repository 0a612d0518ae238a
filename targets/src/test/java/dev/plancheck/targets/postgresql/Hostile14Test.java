// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.postgresql;

/// Hostile scripts against PostgreSQL 14.
final class Hostile14Test extends HostileContract {
  Hostile14Test() {
    super(TestServer.postgresql14());
  }
}
