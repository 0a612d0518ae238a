// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.rules.lock;

import dev.plancheck.engine.Engine;
import dev.plancheck.engine.dialect.Script;
import dev.plancheck.engine.dialect.ScriptStatement;
import dev.plancheck.engine.review.RuleInfo;
import dev.plancheck.engine.review.ScriptContext;
import dev.plancheck.engine.review.ScriptContext.Step;
import dev.plancheck.engine.review.ScriptRule;
import dev.plancheck.engine.review.Status;
import dev.plancheck.engine.sql.ObjectKind;
import dev.plancheck.engine.sql.Query;
import dev.plancheck.engine.sql.Statement;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Spec, tests and user documentation: `MissingTimeout.md`, beside this file.
public record MissingTimeout(int longestSeconds) implements ScriptRule {
  private static final RuleInfo INFO =
      new RuleInfo(
          "lock.missing-timeout",
          "Strong lock without a lock_timeout",
          Status.WARNING,
          Set.of(Engine.POSTGRESQL),
          "0.1");

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public void check(Script script, ScriptContext context) {
    for (var step : context.steps()) {
      if (mayConfigure(script, step.statement())) {
        return;
      }
      var need = need(step);
      var wrong = need.isEmpty() ? "" : wrong(step);
      if (!wrong.isEmpty()) {
        context.report(step.statement().span(), message(need, wrong));
        return;
      }
    }
  }

  /// set_config() may set it to anything.
  private static boolean mayConfigure(Script script, ScriptStatement statement) {
    return statement.statement() instanceof Statement.Select(_, Query query)
        && query.functions().stream().anyMatch(function -> function.name().equals("set_config"))
        && script
            .source()
            .slice(statement.span())
            .toLowerCase(Locale.ROOT)
            .contains("lock_timeout");
  }

  /// The lock that others would feel, in words; empty if there is none.
  private static String need(Step step) {
    var everyTable = everyTable(step.statement().statement());
    if (everyTable != null) {
      return need("each table in turn", everyTable);
    }
    return Locks.of(step.statement().statement(), step.schema()).stream()
        .filter(taken -> step.schema().isInUse(taken.relation()))
        .findFirst()
        .map(lock -> need(lock.relation().toString(), lock.mode()))
        .orElse("");
  }

  private static String need(String relation, LockMode mode) {
    return "a lock on %s that blocks %s (%s)"
        .formatted(relation, mode.blocksReads() ? "reads and writes" : "writes", mode.sql());
  }

  /// What is done to all tables of a schema or database without their being named.
  private static @Nullable LockMode everyTable(Statement statement) {
    return switch (statement) {
      case Statement.Vacuum(var tables, var full) when full && tables.isEmpty() ->
          LockMode.ACCESS_EXCLUSIVE;
      case Statement.Cluster(var table) when table == null -> LockMode.ACCESS_EXCLUSIVE;
      case Statement.Reindex(var kind, _, var concurrently)
          when !concurrently && kind != ObjectKind.TABLE && kind != ObjectKind.INDEX ->
          LockMode.SHARE;
      case Statement _ -> null;
    };
  }

  /// What is wrong with the timeout in force, or nothing.
  private String wrong(Step step) {
    var setting = step.session().setting("lock_timeout");
    var seconds = setting.map(Timeouts::seconds).orElse(0.0);
    if (seconds <= 0) {
      return "no lock_timeout is set";
    }
    return seconds <= longestSeconds ? "" : "lock_timeout is " + setting.orElseThrow();
  }

  private static String message(String need, String wrong) {
    return "This needs %s, and %s: while it waits behind one long query, everything that comes later waits behind it. SET lock_timeout = '5s' before it, and try again when it fails."
        .formatted(need, wrong);
  }
}
