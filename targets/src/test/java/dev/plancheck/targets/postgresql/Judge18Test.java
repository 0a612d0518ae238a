// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.postgresql;

import dev.plancheck.embedded.PostgresBinaries;

/// The judge on PostgreSQL 18.
final class Judge18Test extends JudgeContract {
  Judge18Test() {
    super(PostgresBinaries.bundled());
  }
}
