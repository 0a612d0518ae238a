// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.target;

import dev.plancheck.engine.sql.ObjectName;
import java.util.List;

/// What the server's planner says of one statement.
public sealed interface RowEstimate {
  /// The index of the statement in its script.
  int statement();

  /// `tables` are the changed tables, schema-qualified, each once; `notIncluded` are sentences
  /// about triggers, rules, row policies and cascades.
  record Planned(int statement, List<TableRows> tables, List<String> notIncluded)
      implements RowEstimate {
    public Planned {
      tables = List.copyOf(tables);
      notIncluded = List.copyOf(notIncluded);
    }
  }

  record TableRows(ObjectName table, long rows) {}

  /// It names something that does not exist (yet): perhaps the script itself creates it.
  record MissingObject(int statement, String message) implements RowEstimate {}

  /// The user may not do what the statement does; `reason` names the GRANT that a plan needs.
  record MissingRight(int statement, String reason) implements RowEstimate {}

  /// No plan, for a reason in words: a call of a user's function, a limit.
  record NotAvailable(int statement, String reason) implements RowEstimate {}
}
