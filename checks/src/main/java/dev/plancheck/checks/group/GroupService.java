// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.group;

import dev.plancheck.checks.ApiException;
import dev.plancheck.checks.expression.Expressions.Compiled;
import dev.plancheck.checks.plan.Database;
import dev.plancheck.checks.plan.DatabaseGroup;
import dev.plancheck.checks.plan.DatabaseGroups;
import dev.plancheck.checks.plan.DatabaseName;
import dev.plancheck.checks.plan.Databases;
import dev.plancheck.checks.plan.GroupName;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes groups whose expressions hold, and answers who belongs to them.
public final class GroupService {
  private static final int BATCH = 1_000;

  private final DatabaseGroups groups;
  private final Databases databases;
  private final GroupExpressions expressions = new GroupExpressions();

  public GroupService(DatabaseGroups groups, Databases databases) {
    this.groups = groups;
    this.databases = databases;
  }

  /// Throws [ApiException]: INVALID_ARGUMENT, with line and column, for an expression that is no
  /// CEL, is of wrong types or gives no bool; NOT_FOUND for an unknown project; ALREADY_EXISTS.
  public DatabaseGroup create(DatabaseGroup group) {
    check(group.expression());
    return groups.create(group);
  }

  /// Throws [ApiException]: INVALID_ARGUMENT as [#create], and NOT_FOUND.
  public DatabaseGroup update(DatabaseGroup group) {
    check(group.expression());
    return groups.update(group);
  }

  /// The group, ready to be asked. Throws [ApiException] FAILED_PRECONDITION for one that does not
  /// exist, or whose expression this version does not take any more.
  public CompiledGroup compiled(GroupName name) {
    var group =
        groups
            .get(name)
            .orElseThrow(() -> ApiException.failedPrecondition(name + " does not exist"));
    return switch (expressions.compile(group.expression())) {
      case Compiled.Ready(var expression) -> new CompiledGroup(name, expression);
      case Compiled.Refused refused ->
          throw ApiException.failedPrecondition(
              "%s has an expression that is not taken any more: %s"
                  .formatted(name, words(refused)));
    };
  }

  /// At most `limit` of the databases that belong to the group now, by instance and name ascending
  /// by code point, behind `after`; null begins. Throws [ApiException] FAILED_PRECONDITION as
  /// [#compiled], and when the expression fails on one of the databases that were looked at.
  public List<Database> matched(GroupName name, int limit, @Nullable DatabaseName after) {
    var group = compiled(name);
    var matched = new ArrayList<Database>();
    var behind = after;
    while (true) {
      var batch = databases.list(null, BATCH, behind);
      for (var database : batch) {
        if (group.contains(database)) {
          matched.add(database);
          if (matched.size() == limit) {
            return List.copyOf(matched);
          }
        }
      }
      if (batch.size() < BATCH) {
        return List.copyOf(matched);
      }
      behind = batch.getLast().name();
    }
  }

  private void check(String expression) {
    if (expressions.compile(expression) instanceof Compiled.Refused refused) {
      throw ApiException.invalid("group.expression", "group.expression: " + words(refused));
    }
  }

  private static String words(Compiled.Refused refused) {
    return refused.words()
        + " (expected: a bool over resource.environment_id, resource.instance_id,"
        + " resource.database_name and resource.labels)";
  }
}
