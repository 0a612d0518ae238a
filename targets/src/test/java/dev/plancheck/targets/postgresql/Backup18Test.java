// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.postgresql;

final class Backup18Test extends BackupContract {
  Backup18Test() {
    super(TestServer.postgresql18());
  }
}
