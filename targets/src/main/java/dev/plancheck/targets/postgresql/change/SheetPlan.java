// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.postgresql.change;

import dev.plancheck.checks.rollout.ChangeOutcome.Failed;
import dev.plancheck.engine.dialect.Script;
import dev.plancheck.engine.dialect.ScriptStatement;
import dev.plancheck.engine.sql.OutsideTransaction;
import dev.plancheck.engine.sql.Statement;
import dev.plancheck.engine.sql.Statement.Transaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// How a sheet can be applied. `units` are what takes effect as a whole: a single statement, or all
/// from a BEGIN of the sheet to its end. `outside` says why the sheet cannot be one transaction;
/// null if it can.
record SheetPlan(Script script, List<Unit> units, @Nullable String outside) {
  private static final Pattern FROM_STDIN = Pattern.compile("(?is)\\bFROM\\s+STDIN\\b");

  SheetPlan {
    units = List.copyOf(units);
  }

  /// Who begins and ends the transaction of a unit.
  enum Bounds {
    /// It is one statement by itself.
    NONE,
    /// The first and the last statement of the unit.
    SHEET,
    /// We, around its statements.
    OURS
  }

  record Unit(List<ScriptStatement> statements, Bounds bounds) {
    Unit {
      statements = List.copyOf(statements);
    }

    int first() {
      return statements.getFirst().index() + 1;
    }
  }

  static SheetPlan of(Script script) {
    return new SheetPlan(script, units(script), outside(script).orElse(null));
  }

  /// The units where the database cannot remember the task: still one transaction if that is
  /// possible.
  List<Unit> unremembered() {
    return outside != null || units.isEmpty()
        ? units
        : List.of(new Unit(script.statements(), Bounds.OURS));
  }

  /// What must not even begin; null if nothing speaks against it.
  @Nullable Failed refusal() {
    var faults = new Faults(script, false);
    for (var statement : script.statements()) {
      var refused = refusal(faults, statement);
      if (refused != null) {
        return refused;
      }
    }
    for (var unit : units) {
      if (unit.bounds() == Bounds.SHEET
          && !endsTransaction(unit.statements().getLast().statement())) {
        return faults.failed(
            unit.statements().getFirst(), "the transaction that begins here is never ended", 0);
      }
    }
    return null;
  }

  private static @Nullable Failed refusal(Faults faults, ScriptStatement statement) {
    return switch (statement.statement()) {
      case Statement.Invalid(var message, var at, _) ->
          faults.failed(statement, message, at.start(), 0);
      case Statement.Rejected(var message, var at) ->
          faults.failed(statement, message, at.start(), 0);
      case Transaction(_, _, var chain) when chain ->
          faults.failed(statement, "AND CHAIN is not supported: write COMMIT and BEGIN", 0);
      case Statement.Copy(_, var from, _)
          when from
              && FROM_STDIN.matcher(faults.script().source().slice(statement.span())).find() ->
          faults.failed(
              statement, "rows of COPY within a sheet are not supported: write INSERT", 0);
      default ->
          statement.plain()
              ? null
              : faults.failed(
                  statement,
                  "a server never gets this as it stands: a command of psql, rows of COPY, or a"
                      + " string that depends on standard_conforming_strings",
                  0);
    };
  }

  private static Optional<String> outside(Script script) {
    for (var statement : script.statements()) {
      var number = statement.index() + 1;
      if (isControl(statement.statement())) {
        return Optional.of("statement %d controls transactions itself".formatted(number));
      }
      var command = OutsideTransaction.command(statement.statement(), script.version());
      if (command.isPresent()) {
        return Optional.of(
            "statement %d, %s, cannot run in a transaction".formatted(number, command.get()));
      }
    }
    return Optional.empty();
  }

  private static boolean isControl(Statement statement) {
    return statement instanceof Transaction(var kind, _, _)
        && switch (kind) {
          case BEGIN, COMMIT, ROLLBACK, TWO_PHASE -> true;
          case SAVEPOINT, RELEASE, ROLLBACK_TO, SET -> false;
        };
  }

  private static List<Unit> units(Script script) {
    var units = new ArrayList<Unit>();
    var block = new ArrayList<ScriptStatement>();
    for (var statement : script.statements()) {
      if (!block.isEmpty()) {
        block.add(statement);
        if (endsTransaction(statement.statement())) {
          units.add(new Unit(block, Bounds.SHEET));
          block.clear();
        }
      } else if (isBegin(statement.statement())) {
        block.add(statement);
      } else {
        units.add(new Unit(List.of(statement), Bounds.NONE));
      }
    }
    if (!block.isEmpty()) {
      units.add(new Unit(block, Bounds.SHEET));
    }
    return units;
  }

  private static boolean isBegin(Statement statement) {
    return statement instanceof Transaction(var kind, _, _) && kind == Transaction.Kind.BEGIN;
  }

  /// Inside of a transaction, of the commands with two phases only PREPARE TRANSACTION can stand.
  private static boolean endsTransaction(Statement statement) {
    return statement instanceof Transaction(var kind, _, _)
        && switch (kind) {
          case COMMIT, ROLLBACK, TWO_PHASE -> true;
          case BEGIN, SAVEPOINT, RELEASE, ROLLBACK_TO, SET -> false;
        };
  }
}
