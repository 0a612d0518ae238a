// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.group;

import dev.plancheck.checks.ApiException;
import dev.plancheck.checks.expression.Expression;
import dev.plancheck.checks.plan.Database;
import dev.plancheck.checks.plan.GroupName;

/// A group that can be asked who belongs to it.
public record CompiledGroup(GroupName name, Expression expression) {
  /// Throws [ApiException] FAILED_PRECONDITION, with the database and the cause, when the
  /// expression fails on it: nobody is left out in silence.
  public boolean contains(Database database) {
    return switch (expression.of(GroupExpressions.values(database))) {
      case Expression.Answer.Holds _ -> true;
      case Expression.Answer.HoldsNot _ -> false;
      case Expression.Answer.Undecided(var cause) ->
          throw ApiException.failedPrecondition(
              ("%s cannot be decided for %s: %s (expected: true or false for every database; a"
                      + " label that some lack is asked for with 'name' in resource.labels first)")
                  .formatted(name, database.name(), cause));
    };
  }
}
