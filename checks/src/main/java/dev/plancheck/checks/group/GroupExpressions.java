// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.group;

import dev.plancheck.checks.cache.LatestUsed;
import dev.plancheck.checks.expression.Expressions;
import dev.plancheck.checks.expression.Expressions.Compiled;
import dev.plancheck.checks.expression.Expressions.Kind;
import dev.plancheck.checks.plan.Database;
import java.util.Map;
import java.util.TreeMap;

/// The expressions of groups: what they are asked over, and each text compiled once as long as it
/// is remembered.
public final class GroupExpressions {
  private static final String ENVIRONMENT = "resource.environment_id";
  private static final String INSTANCE = "resource.instance_id";
  private static final String DATABASE = "resource.database_name";
  private static final String LABELS = "resource.labels";
  private static final int REMEMBERED = 1_000;

  private final Expressions expressions =
      new Expressions(
          new TreeMap<>(
              Map.of(
                  ENVIRONMENT, Kind.TEXT,
                  INSTANCE, Kind.TEXT,
                  DATABASE, Kind.TEXT,
                  LABELS, Kind.TEXT_BY_NAME)));
  private final Map<String, Compiled.Ready> known = new LatestUsed<>(REMEMBERED);

  synchronized Compiled compile(String text) {
    var remembered = known.get(text);
    if (remembered != null) {
      return remembered;
    }
    var compiled = expressions.compile(text);
    if (compiled instanceof Compiled.Ready ready) {
      known.put(text, ready);
    }
    return compiled;
  }

  /// Of the variables, all of which are known of a database.
  static Map<String, Object> values(Database database) {
    return Map.of(
        ENVIRONMENT,
        database.environment(),
        INSTANCE,
        database.name().instance(),
        DATABASE,
        database.name().database(),
        LABELS,
        database.labels());
  }
}
