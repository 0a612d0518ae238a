// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.rules.constraint;

import dev.plancheck.engine.sql.Statement;
import dev.plancheck.engine.sql.TableAction;
import dev.plancheck.engine.sql.TableConstraint;
import org.jspecify.annotations.Nullable;

/// A CHECK that is added as NOT VALID and validated by one and the same ALTER TABLE: the lock of
/// the first is held while the second reads.
final class ValidatedAtOnce {
  private ValidatedAtOnce() {}

  static boolean in(Statement.AlterTable alter, TableAction action) {
    return action instanceof TableAction.AddConstraint(TableConstraint constraint, _)
        && constraint instanceof TableConstraint.Check
        && isValidated(alter, constraint.name());
  }

  /// A foreign key that is treated so.
  static boolean inKey(Statement.AlterTable alter, TableConstraint.ForeignKey key) {
    return isValidated(alter, key.name());
  }

  private static boolean isValidated(Statement.AlterTable alter, @Nullable String name) {
    return name != null
        && alter.actions().stream()
            .anyMatch(other ->
                other instanceof TableAction.ValidateConstraint(var validated, _)
                    && validated.equals(name));
  }
}
