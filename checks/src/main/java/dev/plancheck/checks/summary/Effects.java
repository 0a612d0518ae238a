// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.summary;

import dev.plancheck.checks.summary.AffectedRows.Method;
import dev.plancheck.engine.Engine;
import dev.plancheck.engine.schema.Schema;
import dev.plancheck.engine.schema.Table;
import dev.plancheck.engine.sql.ObjectKind;
import dev.plancheck.engine.sql.ObjectName;
import dev.plancheck.engine.sql.Statement;
import dev.plancheck.engine.sql.TableAction;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// What a statement by itself says of its effects on rows.
final class Effects {
  /// The first word of what becomes of partitions whose rows are gone then, or others.
  private static final Set<String> LOSING =
      Set.of("DROP", "TRUNCATE", "EXCHANGE", "DISCARD", "IMPORT", "CONVERT");

  private Effects() {}

  /// Whether only the target can tell how many rows it changes.
  static boolean needsPlan(Statement statement) {
    return switch (statement) {
      case Statement.Insert insert -> !isCounted(insert);
      case Statement.Update _, Statement.Delete _, Statement.Merge _ -> true;
      case Statement.Select(_, var query) -> !query.writes().isEmpty();
      case Statement _ -> false;
    };
  }

  static boolean isCounted(Statement.Insert insert) {
    return insert.rows() > 0 && insert.query().writes().isEmpty();
  }

  static boolean isWrite(Statement statement) {
    return statement instanceof Statement.Insert
        || statement instanceof Statement.Update
        || statement instanceof Statement.Delete
        || statement instanceof Statement.Merge;
  }

  /// The rows of VALUES. In MySQL a row that conflicts may take the place of others.
  static AffectedRows inserted(Statement.Insert insert, Schema schema, ObjectName name) {
    var notes = notIncluded(schema, name);
    if (insert.onConflict()) {
      notes.addFirst(
          schema.version().engine() == Engine.POSTGRESQL
              ? "rows that conflict may be left out"
              : "rows that conflict are left out, changed or replaced");
    }
    return new AffectedRows(
        insert.onConflict() ? Method.UPPER_BOUND : Method.COUNTED,
        (long) insert.rows(),
        String.join("; ", notes));
  }

  static List<String> notIncluded(Schema schema, ObjectName name) {
    var notes = new ArrayList<String>();
    schema
        .table(name)
        .map(Table::dependents)
        .ifPresent(dependents -> {
          if (!dependents.triggers().isEmpty()) {
            notes.add("what the triggers of %s change is not included".formatted(name));
          }
          if (!dependents.rules().isEmpty()) {
            notes.add("what the rules of %s change is not included".formatted(name));
          }
        });
    return notes;
  }

  /// A database goes with all its tables, a schema of PostgreSQL only if that is said.
  static boolean dropsManyTables(Statement.Drop drop) {
    return drop.kind() == ObjectKind.DATABASE
        || (drop.kind() == ObjectKind.SCHEMA && drop.cascade());
  }

  static boolean losesPartitions(Statement.AlterTable alter) {
    return alter.actions().stream().anyMatch(Effects::losesRows);
  }

  private static boolean losesRows(TableAction action) {
    return action instanceof TableAction.AlterPartition(var what, _, _, _)
        && LOSING.contains(what.split(" ", 2)[0]);
  }

  /// Whether what a later statement needs may come from this one.
  static boolean changesSchema(Statement statement) {
    return switch (statement) {
      case Statement.Insert _,
          Statement.Update _,
          Statement.Delete _,
          Statement.Merge _,
          Statement.Select _,
          Statement.Transaction _,
          Statement.SetRole _,
          Statement.SetVariables _,
          Statement.Explain _,
          Statement.Truncate _,
          Statement.Vacuum _,
          Statement.LockTable _,
          Statement.Copy _ ->
          false;
      case Statement _ -> true;
    };
  }
}
