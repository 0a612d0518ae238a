// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.postgresql;

final class Change14Test extends ChangeContract {
  Change14Test() {
    super(TestServer.postgresql14());
  }
}
