// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.store.canary;

import dev.plancheck.rules.Rules;

/// Breaks the law that our storage and rules never meet, and prints where only the program may.
public final class KnowsTargets {
  Class<?> judge = Rules.class;

  void print() {
    System.out.println(judge);
  }
}
