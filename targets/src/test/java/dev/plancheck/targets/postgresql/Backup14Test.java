// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.postgresql;

final class Backup14Test extends BackupContract {
  Backup14Test() {
    super(TestServer.postgresql14());
  }
}
