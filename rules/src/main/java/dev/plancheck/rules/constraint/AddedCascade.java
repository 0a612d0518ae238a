// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.rules.constraint;

import dev.plancheck.engine.dialect.Script;
import dev.plancheck.engine.review.RuleInfo;
import dev.plancheck.engine.review.ScriptContext;
import dev.plancheck.engine.review.ScriptRule;
import dev.plancheck.engine.review.Status;
import dev.plancheck.engine.sql.TableAction;
import dev.plancheck.engine.sql.TableConstraint;
import dev.plancheck.rules.AlteredTable;
import dev.plancheck.rules.Outline;
import java.util.regex.Pattern;

/// Spec, tests and user documentation: `AddedCascade.md`, beside this file.
public record AddedCascade() implements ScriptRule {
  private static final RuleInfo INFO =
      new RuleInfo(
          "constraint.added-cascade",
          "Deletes that spread to another table",
          Status.WARNING,
          RuleInfo.ALL_ENGINES,
          "0.1");

  private static final Pattern CASCADE = Pattern.compile("\\bON\\s+DELETE\\s+CASCADE\\b");

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public void check(Script script, ScriptContext context) {
    for (var step : context.steps()) {
      AlteredTable.inUse(step.statement().statement(), step.schema())
          .ifPresent(altered -> {
            for (var action : altered.alter().actions()) {
              if (action
                      instanceof TableAction.AddConstraint(TableConstraint.ForeignKey key, var at)
                  && CASCADE.matcher(Outline.of(script, at)).find()) {
                context.report(
                    at,
                    "From now on a DELETE in %s takes rows of %s with it: programs that never touched %s delete from it, how many rows nobody counts, and a wrong DELETE there destroys twice. Leave CASCADE out, and delete dependent rows by a statement of their own."
                        .formatted(key.referencedTable(), altered.name(), altered.name()));
              }
            }
          });
    }
  }
}
