// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.rules.object;

import dev.plancheck.engine.review.ScriptContext;
import dev.plancheck.engine.review.ScriptContext.Step;
import dev.plancheck.engine.schema.Schema;
import dev.plancheck.engine.sql.ObjectName;
import dev.plancheck.engine.sql.Query;
import dev.plancheck.engine.sql.Statement;
import java.util.List;
import java.util.Set;

/// Goes through a script and knows from where on the schema may be another than the walk-through
/// thinks: after dynamic SQL, calls of users' functions, and what is not analysed.
final class Obscurity {
  private static final Set<String> OBSCURE =
      Set.of(
          "DO",
          "CALL",
          "EXECUTE",
          "CREATE EXTENSION",
          "ALTER EXTENSION",
          "IMPORT FOREIGN SCHEMA",
          "DROP OWNED",
          "REASSIGN OWNED");

  interface Visitor {
    /// `obscure` tells that something before may have changed the schema unseen.
    void visit(Step step, boolean obscure);
  }

  private Obscurity() {}

  /// Visits nothing where the target is not known: then anything may exist.
  static void walk(ScriptContext context, Visitor visitor) {
    if (!context.before().known()) {
      return;
    }
    var obscure = false;
    for (var step : context.steps()) {
      visitor.visit(step, obscure);
      obscure |= hides(step.statement().statement(), step.schema());
    }
  }

  private static boolean hides(Statement statement, Schema schema) {
    return switch (statement) {
      case Statement.NotAnalysed _, Statement.Rejected _, Statement.Invalid _ -> true;
      case Statement.Utility(var command, _, _) -> OBSCURE.contains(command);
      case Statement.Drop drop -> drop.cascade();
      case Statement.Select(_, var query) -> callsUsers(query, schema);
      case Statement.Insert insert -> callsUsers(insert.query(), schema);
      case Statement.Update update -> callsUsers(update.query(), schema);
      case Statement.Delete delete -> callsUsers(delete.query(), schema);
      case Statement.Merge merge -> callsUsers(merge.query(), schema);
      case Statement.CreateTableAs create -> callsUsers(create.query(), schema);
      case Statement _ -> false;
    };
  }

  private static boolean callsUsers(Query query, Schema schema) {
    return calls(query.functions(), schema);
  }

  private static boolean calls(List<ObjectName> functions, Schema schema) {
    return functions.stream().anyMatch(function -> schema.function(function).isPresent());
  }
}
