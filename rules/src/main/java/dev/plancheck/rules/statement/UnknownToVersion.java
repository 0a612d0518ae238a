// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.rules.statement;

import dev.plancheck.engine.Engine;
import dev.plancheck.engine.dialect.ScriptStatement;
import dev.plancheck.engine.review.Context;
import dev.plancheck.engine.review.RuleInfo;
import dev.plancheck.engine.review.StatementRule;
import dev.plancheck.engine.review.Status;
import dev.plancheck.engine.sql.Statement;
import dev.plancheck.engine.sql.TableAction;
import dev.plancheck.engine.sql.TableConstraint;
import dev.plancheck.engine.text.Span;
import java.util.List;

/// Spec, tests and user documentation: `UnknownToVersion.md`, beside this file.
public record UnknownToVersion() implements StatementRule {
  private static final RuleInfo INFO =
      new RuleInfo(
          "statement.unknown-to-version",
          "Statement that this server does not know",
          Status.ERROR,
          RuleInfo.MYSQL_FAMILY,
          "0.1");

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public void check(ScriptStatement statement, Context context) {
    switch (statement.statement()) {
      case Statement.AlterTable alter -> alter.actions().forEach(action -> check(action, context));
      case Statement.CreateTable create ->
          create.constraints().forEach(constraint -> check(constraint, context));
      case Statement.CreateIndex create -> check(create.parts(), statement.span(), context);
      case Statement _ -> {}
    }
  }

  private static void check(TableAction action, Context context) {
    switch (action) {
      case TableAction.RenameColumn(_, _, var at) ->
          since(8, 5, at, "RENAME COLUMN", "CHANGE with the whole definition", context);
      case TableAction.Execution(var clause, var value, var at) when clause.equals("ALGORITHM") -> {
        if (value.equals("INSTANT")) {
          since(8, 3, at, "ALGORITHM=INSTANT", "ALGORITHM=INPLACE", context);
        } else if (value.equals("NOCOPY")) {
          since(NEVER, 3, at, "ALGORITHM=NOCOPY", "ALGORITHM=INPLACE", context);
        }
      }
      case TableAction.AddConstraint(var constraint, _) -> check(constraint, context);
      case TableAction _ -> {}
    }
  }

  private static void check(TableConstraint constraint, Context context) {
    if (constraint instanceof TableConstraint.Index(_, _, var parts, var at)) {
      check(parts, at, context);
    }
  }

  private static void check(List<Statement.IndexPart> parts, Span at, Context context) {
    if (parts.stream().anyMatch(part -> part.column() == null)) {
      since(
          8,
          NEVER,
          at,
          "an index on an expression",
          "a generated column with an index on it",
          context);
    }
  }

  /// Known from a major version of MySQL on, and from a minor one of MariaDB 10.
  private static void since(
      int mysql, int mariadb, Span at, String what, String instead, Context context) {
    var version = context.schema().version();
    var knows =
        version.engine() == Engine.MYSQL
            ? version.isAtLeast(mysql)
            : mariadb != NEVER && version.isAtLeast(10, mariadb);
    if (!knows) {
      context.report(
          at,
          "%s does not know %s: the script fails here, and what stood before it is done. It knows %s."
              .formatted(version, what, instead));
    }
  }

  private static final int NEVER = Integer.MAX_VALUE;
}
