// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.rules.table;

import dev.plancheck.engine.dialect.ScriptStatement;
import dev.plancheck.engine.review.Context;
import dev.plancheck.engine.review.RuleInfo;
import dev.plancheck.engine.review.StatementRule;
import dev.plancheck.engine.review.Status;
import dev.plancheck.engine.schema.CharacterSets;
import dev.plancheck.engine.sql.TableAction;
import dev.plancheck.rules.AlteredTable;
import java.util.List;
import java.util.Set;

/// Spec, tests and user documentation: `DefaultCharacterSet.md`, beside this file.
public record DefaultCharacterSet() implements StatementRule {
  private static final RuleInfo INFO =
      new RuleInfo(
          "table.default-character-set",
          "Default character set changed, columns not",
          Status.WARNING,
          RuleInfo.MYSQL_FAMILY,
          "0.1");

  private static final Set<String> DEFAULTS = Set.of("character set", "collate");
  private static final Set<String> CONVERSION = Set.of("convert to character set");

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public void check(ScriptStatement statement, Context context) {
    AlteredTable.inUse(statement.statement(), context.schema())
        .filter(altered -> options(altered, CONVERSION).isEmpty())
        .flatMap(altered ->
            options(altered, DEFAULTS).stream()
                .filter(option -> changes(altered, option))
                .findFirst())
        .ifPresent(option ->
            context.report(
                option.span(),
                "Only columns that are added later get this character set: the present ones"
                    + " keep theirs, and joins of old with new ones compare by conversion, past"
                    + " their indexes. CONVERT TO CHARACTER SET changes the columns, too; it"
                    + " copies the table."));
  }

  private static List<TableAction.SetTableOption> options(AlteredTable altered, Set<String> names) {
    return altered.alter().actions().stream()
        .filter(TableAction.SetTableOption.class::isInstance)
        .map(TableAction.SetTableOption.class::cast)
        .filter(option -> names.contains(option.option()))
        .toList();
  }

  private static boolean changes(AlteredTable altered, TableAction.SetTableOption option) {
    var table = altered.table();
    var old = table == null ? null : table.options().get(option.option());
    return old == null
        || !CharacterSets.canonical(old).equals(CharacterSets.canonical(option.value()));
  }
}
