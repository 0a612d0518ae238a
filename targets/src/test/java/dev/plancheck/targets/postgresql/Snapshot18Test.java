// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.postgresql;

/// Snapshots of PostgreSQL 18.
final class Snapshot18Test extends SnapshotContract {
  Snapshot18Test() {
    super(TestServer.postgresql18());
  }
}
