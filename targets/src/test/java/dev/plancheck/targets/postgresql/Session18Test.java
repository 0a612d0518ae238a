// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.postgresql;

/// Connections to PostgreSQL 18.
final class Session18Test extends SessionContract {
  Session18Test() {
    super(TestServer.postgresql18());
  }
}
