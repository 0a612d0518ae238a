// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.postgresql.wire;

import dev.plancheck.embedded.PostgresBinaries;

final class Connection18Test extends ConnectionContract {
  Connection18Test() {
    super(PostgresBinaries.bundled(), 18);
  }
}
