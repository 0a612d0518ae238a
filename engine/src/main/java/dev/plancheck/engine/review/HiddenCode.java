// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.review;

import dev.plancheck.engine.dialect.Script;
import dev.plancheck.engine.sql.ObjectName;
import dev.plancheck.engine.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Statements that are understood but run code which nobody reads: any procedure, and functions
/// that the script itself makes, for a migration often hides in one. Other functions of the target
/// are taken for what a query is usually made of.
final class HiddenCode {
  private final List<ObjectName> made = new ArrayList<>();

  HiddenCode(Script script) {
    for (var statement : script.statements()) {
      if (statement.statement() instanceof Statement.Utility(var command, _, var object)
          && command.equals("CREATE FUNCTION")
          && object != null) {
        made.add(object);
      }
    }
  }

  /// What a statement runs, as the middle of a sentence; null if it hides nothing.
  @Nullable String in(Statement statement) {
    if (statement instanceof Statement.Utility(var command, _, var procedure)
        && command.equals("CALL")) {
      return "what the procedure %s does is not looked into"
          .formatted(procedure == null ? "" : procedure + "()");
    }
    if (statement instanceof Statement.Select(_, var query)) {
      for (var function : query.functions()) {
        if (made.stream().anyMatch(own -> means(function, own))) {
          return "it runs %s(), which this script makes and whose body is not looked into"
              .formatted(function);
        }
      }
    }
    return null;
  }

  private static boolean means(ObjectName called, ObjectName own) {
    return called.name().equals(own.name())
        && (called.schema() == null
            || own.schema() == null
            || called.schema().equals(own.schema()));
  }
}
