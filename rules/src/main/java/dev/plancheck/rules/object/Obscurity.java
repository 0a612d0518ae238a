// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.rules.object;

import dev.plancheck.engine.dialect.ScriptStatement;
import dev.plancheck.engine.review.ScriptContext;
import dev.plancheck.engine.review.Status;
import dev.plancheck.engine.schema.Schema;
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

  /// What one statement names that makes it fail on the schema before it.
  interface Look {
    List<Named> at(ScriptStatement statement, Schema schema);
  }

  private Obscurity() {}

  /// Reports all that `look` finds, with what it found put into `certain`, or into `likely` and as
  /// a WARNING at most where something before may have changed the schema unseen. Reports nothing
  /// where the target is not known: then anything may exist.
  static void report(ScriptContext context, Look look, String certain, String likely) {
    if (!context.before().known()) {
      return;
    }
    var obscure = false;
    for (var step : context.steps()) {
      for (var named : look.at(step.statement(), step.schema())) {
        if (obscure) {
          context.report(named.at(), Status.WARNING, likely.formatted(named.what()));
        } else {
          context.report(named.at(), certain.formatted(named.what()));
        }
      }
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
    return query.functions().stream().anyMatch(function -> schema.function(function).isPresent());
  }
}
