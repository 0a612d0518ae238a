// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.group;

import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.Program;
import dev.plancheck.checks.plan.Database;
import java.util.Map;
import java.util.regex.Pattern;

/// A group's expression, compiled: asked of one database after the other, by any thread.
public final class GroupExpression {
  static final String ENVIRONMENT = "resource.environment_id";
  static final String INSTANCE = "resource.instance_id";
  static final String DATABASE = "resource.database_name";
  static final String LABELS = "resource.labels";

  /// The library's own place, which counts characters from 0 and has no line.
  private static final Pattern PLACE = Pattern.compile("^evaluation error at <input>:\\d+: ");

  /// What an expression says of one database.
  sealed interface Answer {
    record Belongs() implements Answer {}

    record BelongsNot() implements Answer {}

    /// Neither: the expression fails on this database.
    record Undecided(String cause) implements Answer {}
  }

  private final Program program;

  GroupExpression(Program program) {
    this.program = program;
  }

  Answer of(Database database) {
    try {
      return switch (program.eval(variables(database))) {
        case Boolean belongs -> belongs ? new Answer.Belongs() : new Answer.BelongsNot();
        case Object other -> new Answer.Undecided("the answer is %s, no bool".formatted(other));
      };
    } catch (CelEvaluationException e) {
      return new Answer.Undecided(
          PLACE.matcher(String.valueOf(e.getMessage())).replaceFirst("").replaceFirst("\\.$", ""));
    }
  }

  private static Map<String, Object> variables(Database database) {
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
