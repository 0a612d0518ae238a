// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.rules;

import dev.plancheck.engine.review.Context;
import dev.plancheck.engine.review.Status;
import dev.plancheck.engine.schema.SizeBand;
import dev.plancheck.engine.schema.Table;
import dev.plancheck.engine.sql.ObjectName;
import dev.plancheck.engine.text.Span;
import java.util.List;

/// Reports what takes as long as the table is big: at most a WARNING when all tables that are read
/// or rewritten are known to be small.
public final class BySize {
  private BySize() {}

  public static void report(Context context, ObjectName table, Span at, String content) {
    report(context, List.of(table), at, content);
  }

  public static void report(Context context, List<ObjectName> tables, Span at, String content) {
    if (!tables.isEmpty() && tables.stream().allMatch(table -> isSmall(context, table))) {
      context.report(
          at, Status.WARNING, content + " The table is small here, so this will not take long.");
    } else {
      context.report(at, content);
    }
  }

  private static boolean isSmall(Context context, ObjectName table) {
    return context
        .schema()
        .table(table)
        .map(Table::size)
        .filter(size -> size == SizeBand.SMALL || size == SizeBand.EMPTY)
        .isPresent();
  }
}
