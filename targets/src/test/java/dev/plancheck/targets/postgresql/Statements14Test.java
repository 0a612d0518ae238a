// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.postgresql;

final class Statements14Test extends StatementsContract {
  Statements14Test() {
    super(TestServer.postgresql14());
  }
}
