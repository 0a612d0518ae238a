// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.rules.table;

import dev.plancheck.engine.Engine;
import dev.plancheck.engine.dialect.Script;
import dev.plancheck.engine.review.RuleInfo;
import dev.plancheck.engine.review.ScriptContext;
import dev.plancheck.engine.review.ScriptContext.Step;
import dev.plancheck.engine.review.ScriptRule;
import dev.plancheck.engine.review.Status;
import dev.plancheck.engine.schema.ConstraintKind;
import dev.plancheck.engine.schema.Schema;
import dev.plancheck.engine.sql.ObjectName;
import dev.plancheck.engine.sql.Statement;
import dev.plancheck.engine.sql.Statement.Persistence;

/// Spec, tests and user documentation: `MissingPrimaryKey.md`, beside this file.
public record MissingPrimaryKey() implements ScriptRule {
  private static final RuleInfo INFO =
      new RuleInfo(
          "table.missing-primary-key",
          "Table created without a primary key",
          Status.WARNING,
          RuleInfo.ALL_ENGINES,
          "0.1");

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public void check(Script script, ScriptContext context) {
    for (var step : context.steps()) {
      switch (step.statement().statement()) {
        case Statement.CreateTable create -> check(create, step, context);
        case Statement.CreateTableAs(var table, _, var persistence, _, _)
            when persistence != Persistence.TEMPORARY ->
            checkInTheEnd(table, step, context);
        case Statement _ -> {}
      }
    }
  }

  /// A partition has its parent's key; a copy of a table that is not known may have one.
  private static void check(Statement.CreateTable create, Step step, ScriptContext context) {
    if (create.persistence() == Persistence.TEMPORARY || create.partitionOf() != null) {
      return;
    }
    var copies =
        create.like().stream()
            .anyMatch(like ->
                like.including().contains("INDEXES") && !isKnown(like.table(), step.schema()));
    if (copies) {
      context.undecided(step.statement().span());
    } else {
      checkInTheEnd(create.table(), step, context);
    }
  }

  private static boolean isKnown(ObjectName table, Schema schema) {
    return schema.table(table).filter(schema::isComplete).isPresent();
  }

  private static void checkInTheEnd(ObjectName name, Step step, ScriptContext context) {
    var table = context.after().tables().get(step.schema().qualify(name));
    if (table != null
        && table.createdByScript()
        && table.constraints().stream().noneMatch(c -> c.kind() == ConstraintKind.PRIMARY_KEY)) {
      context.report(
          step.statement().span(),
          (step.schema().version().engine() == Engine.POSTGRESQL
                  ? "%s has no primary key in the end: logical replication refuses its updates and"
                      + " deletes, and doubled rows cannot be told apart. Add one, for instance"
                      + " `id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY`."
                  : "%s has no primary key in the end: replicas search the whole table for each"
                      + " changed row, gh-ost cannot work on it, and doubled rows cannot be told"
                      + " apart. Add one, for instance `id BIGINT UNSIGNED AUTO_INCREMENT PRIMARY"
                      + " KEY`.")
              .formatted(name));
    }
  }
}
