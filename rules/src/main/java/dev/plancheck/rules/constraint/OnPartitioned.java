// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.rules.constraint;

import dev.plancheck.engine.review.Context;
import dev.plancheck.engine.schema.Table;
import dev.plancheck.engine.sql.Statement;

/// How a key comes to a table without a long lock, which differs for partitioned tables: these
/// cannot take over an index.
final class OnPartitioned {
  private OnPartitioned() {}

  /// On the parent only: nothing is read, the partitions' own keys are attached later.
  static boolean spares(Statement.AlterTable alter, Context context) {
    return alter.only() && isPartitioned(alter, context);
  }

  static String wayOut(Statement.AlterTable alter, String constraint, Context context) {
    return isPartitioned(alter, context)
        ? "ADD %s with ALTER TABLE ONLY, then give each partition a unique index CONCURRENTLY, ADD CONSTRAINT ... %s USING INDEX there, and ALTER INDEX ... ATTACH PARTITION."
            .formatted(constraint, constraint)
        : "Build it first with CREATE UNIQUE INDEX CONCURRENTLY, then ADD CONSTRAINT ... %s USING INDEX."
            .formatted(constraint);
  }

  private static boolean isPartitioned(Statement.AlterTable alter, Context context) {
    return context
        .schema()
        .table(alter.table())
        .filter(table -> table.kind() == Table.Kind.PARTITIONED_TABLE)
        .isPresent();
  }
}
