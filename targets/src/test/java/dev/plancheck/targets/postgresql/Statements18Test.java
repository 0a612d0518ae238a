// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.postgresql;

final class Statements18Test extends StatementsContract {
  Statements18Test() {
    super(TestServer.postgresql18());
  }
}
