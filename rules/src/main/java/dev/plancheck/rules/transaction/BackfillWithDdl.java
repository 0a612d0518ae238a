// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.rules.transaction;

import dev.plancheck.engine.Engine;
import dev.plancheck.engine.dialect.Script;
import dev.plancheck.engine.review.RuleInfo;
import dev.plancheck.engine.review.ScriptContext;
import dev.plancheck.engine.review.ScriptContext.Step;
import dev.plancheck.engine.review.ScriptRule;
import dev.plancheck.engine.review.Status;
import dev.plancheck.engine.schema.SizeBand;
import dev.plancheck.engine.schema.Table;
import dev.plancheck.engine.sql.ObjectName;
import dev.plancheck.engine.sql.Statement;
import dev.plancheck.rules.lock.Lock;
import dev.plancheck.rules.lock.Locks;
import java.util.ArrayList;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Spec, tests and user documentation: `BackfillWithDdl.md`, beside this file.
public record BackfillWithDdl() implements ScriptRule {
  private static final RuleInfo INFO =
      new RuleInfo(
          "transaction.backfill-with-ddl",
          "Rows changed while the transaction holds a strong lock",
          Status.ERROR,
          Set.of(Engine.POSTGRESQL),
          "0.1");

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public void check(Script script, ScriptContext context) {
    var held = new ArrayList<Lock>();
    for (var step : context.steps()) {
      var statement = step.statement().statement();
      if (!step.session().inTransaction() || endsTransaction(statement)) {
        held.clear();
        continue;
      }
      var filled = filled(statement);
      if (filled != null && !held.isEmpty() && isBig(filled, step)) {
        report(filled, held.getFirst(), step, context);
      }
      Locks.of(statement, step.schema()).stream()
          .filter(lock -> step.schema().isInUse(lock.relation()))
          .forEach(held::add);
    }
  }

  private static void report(ObjectName filled, Lock lock, Step step, ScriptContext context) {
    context.report(
        step.statement().span(),
        "Rows of %s are changed while this transaction still holds the %s lock of its schema change on %s: %s of that table wait until all rows are done. Commit the schema change first, then change the rows in batches."
            .formatted(
                filled,
                lock.mode().sql(),
                lock.relation(),
                lock.mode().blocksReads() ? "all reads and writes" : "all writes"));
  }

  private static boolean endsTransaction(Statement statement) {
    return statement instanceof Statement.Transaction(var kind, _, _)
        && switch (kind) {
          case BEGIN, COMMIT, ROLLBACK, TWO_PHASE -> true;
          case SAVEPOINT, RELEASE, ROLLBACK_TO, SET -> false;
        };
  }

  /// The table of which many rows may change; VALUES are few.
  private static @Nullable ObjectName filled(Statement statement) {
    return switch (statement) {
      case Statement.Update update -> update.table();
      case Statement.Delete delete -> delete.table();
      case Statement.Merge merge -> merge.table();
      case Statement.Insert insert ->
          insert.rows() == 0 && !insert.query().tables().isEmpty() ? insert.table() : null;
      case Statement.Copy copy -> copy.from() ? copy.table() : null;
      case Statement _ -> null;
    };
  }

  private static boolean isBig(ObjectName table, Step step) {
    return step.schema().isInUse(table)
        && step.schema()
            .table(table)
            .map(Table::size)
            .filter(size -> size == SizeBand.SMALL)
            .isEmpty();
  }
}
