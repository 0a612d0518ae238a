// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.store.canary;

import dev.plancheck.targets.postgresql.PostgresqlJudge;

/// Breaks the law that our storage and users' databases never meet, and prints where only the
/// program may.
public final class KnowsTargets {
  Class<?> judge = PostgresqlJudge.class;

  void print() {
    System.out.println(judge);
  }
}
