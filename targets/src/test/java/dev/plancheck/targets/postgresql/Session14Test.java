// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.postgresql;

/// Connections to PostgreSQL 14.
final class Session14Test extends SessionContract {
  Session14Test() {
    super(TestServer.postgresql14());
  }
}
