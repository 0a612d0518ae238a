// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.postgresql;

import dev.plancheck.embedded.PostgresBinaries;
import java.nio.file.Path;

/// The judge on PostgreSQL 14.
final class Judge14Test extends JudgeContract {
  Judge14Test() {
    super(PostgresBinaries.fromJar(Path.of(System.getProperty("plancheck.postgres14.jar"))));
  }
}
