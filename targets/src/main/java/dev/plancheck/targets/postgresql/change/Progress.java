// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.postgresql.change;

import dev.plancheck.checks.rollout.AppliedStatement;
import dev.plancheck.checks.rollout.ChangeJournal.Entry;
import dev.plancheck.checks.rollout.ChangeOutcome.Unknown;
import dev.plancheck.engine.dialect.ScriptStatement;
import dev.plancheck.engine.sql.Statement;
import dev.plancheck.engine.sql.Statement.Persistence;
import dev.plancheck.targets.postgresql.change.SheetPlan.Bounds;
import dev.plancheck.targets.postgresql.change.SheetPlan.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// How far earlier owners of a task came, by its journal: what they finished, what is left, and
/// which settings of the session are to be made again first.
record Progress(List<AppliedStatement> finished, List<Unit> left, List<ScriptStatement> replayed) {
  /// These leave nothing in the session that a later statement could need.
  private static final Pattern STATELESS =
      Pattern.compile("(COMMENT|GRANT|REVOKE|ANALYZE|CREATE|ALTER|SECURITY)\\b.*");

  Progress {
    finished = List.copyOf(finished);
    left = List.copyOf(left);
    replayed = List.copyOf(replayed);
  }

  /// Throws [Ended] where a person has to look.
  static Progress of(List<Unit> units, List<Entry> entries) throws Ended {
    var finished = new TreeMap<Integer, AppliedStatement>();
    for (var entry : entries) {
      var done = entry.finished();
      if (done == null) {
        throw new Ended(
            new Unknown(
                "The statement was begun earlier, and nobody knows whether it was done: look at the"
                    + " database.",
                entry.statement()));
      }
      finished.put(entry.statement(), done);
    }
    return new Progress(
        List.copyOf(finished.values()), left(units, finished), replayed(units, finished));
  }

  private static List<Unit> left(List<Unit> units, Map<Integer, AppliedStatement> finished) {
    return units.stream().filter(unit -> !finished.containsKey(unit.first())).toList();
  }

  private static List<ScriptStatement> replayed(
      List<Unit> units, Map<Integer, AppliedStatement> finished) throws Ended {
    var replayed = new ArrayList<ScriptStatement>();
    if (left(units, finished).isEmpty()) {
      return List.of();
    }
    for (var unit : units) {
      if (!finished.containsKey(unit.first())) {
        break;
      }
      for (var statement : unit.statements()) {
        if (isSetting(statement.statement()) && unit.bounds() == Bounds.NONE) {
          replayed.add(statement);
        } else if (!isStateless(statement.statement())) {
          throw new Ended(notContinued(statement, finished.size() + 1));
        }
      }
    }
    return replayed;
  }

  private static Unknown notContinued(ScriptStatement statement, int next) {
    return new Unknown(
        "Statement %d may have left something in its session (a temporary table, a setting) that is"
                .formatted(statement.index() + 1)
            + " gone with it, so that the sheet cannot be continued.",
        next);
  }

  private static boolean isSetting(Statement statement) {
    return statement instanceof Statement.SetVariable || statement instanceof Statement.SetRole;
  }

  private static boolean isStateless(Statement statement) {
    return switch (statement) {
      case Statement.CreateTable create -> create.persistence() != Persistence.TEMPORARY;
      case Statement.CreateTableAs create -> create.persistence() != Persistence.TEMPORARY;
      case Statement.CreateSequence create -> create.persistence() != Persistence.TEMPORARY;
      case Statement.Utility(var command, _, _) -> STATELESS.matcher(command).matches();
      case Statement.Transaction _,
          Statement.AlterTable _,
          Statement.CreateIndex _,
          Statement.Drop _,
          Statement.Rename _,
          Statement.RenameTables _,
          Statement.Reindex _,
          Statement.Truncate _,
          Statement.RefreshMaterializedView _,
          Statement.CreateDomain _,
          Statement.AlterDomain _,
          Statement.CreateType _,
          Statement.AddEnumValue _,
          Statement.CreateSchema _,
          Statement.CreateTrigger _,
          Statement.Cluster _,
          Statement.Vacuum _,
          Statement.LockTable _,
          Statement.Insert _,
          Statement.Update _,
          Statement.Delete _,
          Statement.Merge _,
          Statement.Copy _ ->
          true;
      case Statement.CreateView _,
          Statement.Select _,
          Statement.SetVariable _,
          Statement.SetVariables _,
          Statement.Use _,
          Statement.SetRole _,
          Statement.Explain _,
          Statement.NotAnalysed _,
          Statement.Rejected _,
          Statement.Invalid _ ->
          false;
    };
  }
}
