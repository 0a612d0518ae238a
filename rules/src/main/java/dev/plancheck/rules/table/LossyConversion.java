// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.rules.table;

import dev.plancheck.engine.dialect.ScriptStatement;
import dev.plancheck.engine.review.Context;
import dev.plancheck.engine.review.RuleInfo;
import dev.plancheck.engine.review.StatementRule;
import dev.plancheck.engine.review.Status;
import dev.plancheck.engine.sql.ObjectName;
import dev.plancheck.engine.sql.TableAction;
import dev.plancheck.engine.text.Span;
import dev.plancheck.rules.AlteredTable;
import dev.plancheck.rules.SqlMode;
import java.util.Set;

/// Spec, tests and user documentation: `LossyConversion.md`, beside this file.
public record LossyConversion() implements StatementRule {
  private static final RuleInfo INFO =
      new RuleInfo(
          "table.lossy-conversion",
          "Texts converted to a smaller character set",
          Status.ERROR,
          RuleInfo.MYSQL_FAMILY,
          "0.1");

  /// They have every character; the server's own are not known here.
  private static final Set<String> WHOLE =
      Set.of("utf8mb4", "utf16", "utf16le", "utf32", "gb18030", "default");

  /// All but those outside of the first 65,536.
  private static final Set<String> THREE_BYTES = Set.of("utf8", "utf8mb3", "ucs2");

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public void check(ScriptStatement statement, Context context) {
    AlteredTable.inUse(statement.statement(), context.schema())
        .ifPresent(
            altered -> {
              for (var action : altered.alter().actions()) {
                if (action instanceof TableAction.SetTableOption(var option, var charset, var at)
                    && option.equals("convert to character set")
                    && !WHOLE.contains(charset)) {
                  report(altered.name(), charset, at, context);
                }
              }
            });
  }

  private static void report(ObjectName table, String charset, Span at, Context context) {
    var mode = SqlMode.of(context.session());
    var message =
        "Characters that %s does not have%s cannot stay in %s: %s. Convert to utf8mb4, which has all of them."
            .formatted(
                charset,
                THREE_BYTES.contains(charset) ? " (emoji, rare Chinese ones)" : "",
                table,
                switch (mode) {
                  case STRICT ->
                      "the statement fails at the first row with one, after hours perhaps";
                  case LAX -> "each becomes a question mark, and no error tells";
                  case UNKNOWN ->
                      "in strict mode the statement fails at the first row with one, else each"
                          + " becomes a question mark";
                });
    if (mode == SqlMode.STRICT) {
      context.report(at, Status.WARNING, message);
    } else {
      context.report(at, message);
    }
  }
}
