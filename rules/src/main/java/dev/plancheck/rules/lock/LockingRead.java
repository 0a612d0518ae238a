// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.rules.lock;

import dev.plancheck.engine.dialect.Script;
import dev.plancheck.engine.review.RuleInfo;
import dev.plancheck.engine.review.ScriptContext;
import dev.plancheck.engine.review.ScriptRule;
import dev.plancheck.engine.review.Session;
import dev.plancheck.engine.review.Status;
import dev.plancheck.engine.schema.Schema;
import dev.plancheck.engine.schema.SizeBand;
import dev.plancheck.engine.sql.ObjectName;
import dev.plancheck.engine.sql.Statement;
import dev.plancheck.rules.Outline;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// Spec, tests and user documentation: `LockingRead.md`, beside this file.
public record LockingRead() implements ScriptRule {
  private static final RuleInfo INFO =
      new RuleInfo(
          "lock.locking-read",
          "Rows locked by a query that copies them",
          Status.WARNING,
          RuleInfo.MYSQL_FAMILY,
          "0.1");

  private static final Set<SizeBand> FEW = Set.of(SizeBand.EMPTY, SizeBand.SMALL);
  private static final Pattern COMMITTED =
      Pattern.compile("\\bISOLATION\\s+LEVEL\\s+READ\\s+(UN)?COMMITTED\\b");

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public void check(Script script, ScriptContext context) {
    var committed = false;
    for (var step : context.steps()) {
      var statement = step.statement();
      if (statement.statement() instanceof Statement.Transaction(var kind, _, _)
          && kind == Statement.Transaction.Kind.SET) {
        committed = COMMITTED.matcher(Outline.of(script, statement.span())).find();
      }
      var tables =
          tables(statement.statement()).stream()
              .filter(name -> isRead(name, step.schema()))
              .map(ObjectName::toString)
              .toList();
      if (!tables.isEmpty() && !committed && locks(step.session())) {
        context.report(
            statement.span(),
            "The rows and gaps that this reads in %s stay locked until it is done: at REPEATABLE READ nobody can change or insert there meanwhile. Copy in batches by key, or SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED before it where replication is row-based."
                .formatted(String.join(", ", tables)));
      }
    }
  }

  /// A look at its own table, whether the row is there, is no copy.
  private static List<ObjectName> tables(Statement statement) {
    return switch (statement) {
      case Statement.Insert insert ->
          insert.query().tables().stream().filter(name -> !name.equals(insert.table())).toList();
      case Statement.CreateTableAs create when create.withData() -> create.query().tables();
      case Statement _ -> List.of();
    };
  }

  private static boolean isRead(ObjectName name, Schema schema) {
    return !name.name().equalsIgnoreCase("dual")
        && schema.isInUse(name)
        && schema.table(name).filter(table -> FEW.contains(table.size())).isEmpty();
  }

  private static boolean locks(Session session) {
    var level =
        session
            .setting("transaction_isolation")
            .or(() -> session.setting("tx_isolation"))
            .orElse("REPEATABLE-READ");
    return !level.toUpperCase(Locale.ROOT).startsWith("READ");
  }
}
