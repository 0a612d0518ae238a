// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.postgresql;

/// Snapshots of PostgreSQL 14.
final class Snapshot14Test extends SnapshotContract {
  Snapshot14Test() {
    super(TestServer.postgresql14());
  }
}
