// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.postgresql;

final class Change18Test extends ChangeContract {
  Change18Test() {
    super(TestServer.postgresql18());
  }
}
