// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.rules.column;

import dev.plancheck.engine.sql.ColumnDefinition;
import dev.plancheck.engine.sql.Statement;
import dev.plancheck.engine.sql.TableAction;
import java.util.List;
import java.util.stream.Stream;

/// The columns that a statement defines, as it writes them.
final class WrittenColumns {
  private WrittenColumns() {}

  static List<ColumnDefinition> of(Statement statement) {
    return switch (statement) {
      case Statement.CreateTable create -> create.columns();
      case Statement.AlterTable alter ->
          alter.actions().stream()
              .flatMap(action ->
                  switch (action) {
                    case TableAction.AddColumn(var column, _, _) -> Stream.of(column);
                    case TableAction.RedefineColumn(_, var column, _) -> Stream.of(column);
                    case TableAction _ -> Stream.<ColumnDefinition>empty();
                  })
              .toList();
      case Statement _ -> List.of();
    };
  }
}
