// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.rules.transaction;

import dev.plancheck.engine.Engine;
import dev.plancheck.engine.dialect.Script;
import dev.plancheck.engine.dialect.ScriptStatement;
import dev.plancheck.engine.review.RuleInfo;
import dev.plancheck.engine.review.ScriptContext;
import dev.plancheck.engine.review.ScriptRule;
import dev.plancheck.engine.review.Status;
import dev.plancheck.engine.sql.ImplicitCommit;
import dev.plancheck.engine.sql.Statement;
import dev.plancheck.engine.text.Span;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Spec, tests and user documentation: `LeftOpen.md`, beside this file.
public record LeftOpen() implements ScriptRule {
  private static final RuleInfo INFO =
      new RuleInfo(
          "transaction.left-open",
          "Transaction that is never ended",
          Status.ERROR,
          RuleInfo.ALL_ENGINES,
          "0.1");

  private static final Set<String> OFF = Set.of("0", "off", "false");

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public void check(Script script, ScriptContext context) {
    var open = new Open();
    for (var statement : script.statements()) {
      if (script.version().engine() != Engine.POSTGRESQL
          && ImplicitCommit.command(statement.statement()).isPresent()) {
        open.at = null;
      }
      open.after(statement);
    }
    if (open.at != null) {
      context.report(
          open.at,
          "The transaction that begins here is never ended: when the script is through and its"
              + " session closes, the server rolls back what was done in it, and reports nothing."
              + " Write COMMIT behind its last statement.");
    }
  }

  /// Where the open transaction begins, while a script is gone through.
  private static final class Open {
    private @Nullable Span at;
    private boolean autocommit = true;

    void after(ScriptStatement statement) {
      switch (statement.statement()) {
        case Statement.Transaction(var kind, _, var chain) ->
            at = LeftOpen.after(kind, chain, at, statement.span());
        case Statement.SetVariable set when set.name().equals("autocommit") -> {
          autocommit = set.values().isEmpty() || !OFF.contains(lower(set.values().getFirst()));
          at = autocommit ? null : at;
        }
        case Statement other -> {
          if (at == null && !autocommit && changesRows(other)) {
            at = statement.span();
          }
        }
      }
    }
  }

  private static @Nullable Span after(
      Statement.Transaction.Kind kind, boolean chain, @Nullable Span open, Span at) {
    return switch (kind) {
      case BEGIN -> open == null ? at : open;
      case COMMIT, ROLLBACK -> chain ? at : null;
      case TWO_PHASE -> null;
      case SAVEPOINT, RELEASE, ROLLBACK_TO, SET -> open;
    };
  }

  private static String lower(String value) {
    return value.toLowerCase(Locale.ROOT);
  }

  private static boolean changesRows(Statement statement) {
    return statement instanceof Statement.Insert
        || statement instanceof Statement.Update
        || statement instanceof Statement.Delete
        || statement instanceof Statement.Merge
        || (statement instanceof Statement.Copy copy && copy.from());
  }
}
