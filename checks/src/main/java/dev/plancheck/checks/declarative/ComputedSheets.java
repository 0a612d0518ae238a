// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.declarative;

import dev.plancheck.checks.plan.Sheet;

/// Where the sheets go that are computed while a plan is checked.
@FunctionalInterface
public interface ComputedSheets {
  /// The same one may come again, from several threads. Throws what storage throws.
  void keep(Sheet sheet);
}
