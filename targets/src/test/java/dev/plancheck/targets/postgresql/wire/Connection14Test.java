// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.postgresql.wire;

import dev.plancheck.embedded.PostgresBinaries;
import java.nio.file.Path;

final class Connection14Test extends ConnectionContract {
  Connection14Test() {
    super(PostgresBinaries.fromJar(Path.of(System.getProperty("plancheck.postgres14.jar"))), 14);
  }
}
