// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.target;

import dev.plancheck.engine.sql.ObjectName;
import java.util.List;

/// What the server says of the rows of one statement: a count, or what its planner expects.
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

  record TableRows(ObjectName table, long rows, Basis basis) {
    /// By the server's planner.
    public TableRows(ObjectName table, long rows) {
      this(table, rows, Basis.ESTIMATED);
    }
  }

  /// How a number of rows was obtained: by a count that came to its end; by one of rows that may be
  /// left out; by one that was ended at a limit; or by the server's planner.
  enum Basis {
    COUNTED,
    AT_MOST,
    AT_LEAST,
    ESTIMATED
  }

  /// It names something that does not exist (yet): perhaps the script itself creates it.
  record MissingObject(int statement, String message) implements RowEstimate {}

  /// The user may not do what the statement does; `reason` names the GRANT that a plan needs.
  record MissingRight(int statement, String reason) implements RowEstimate {}

  /// No plan, for a reason in words: a call of a user's function, a limit.
  record NotAvailable(int statement, String reason) implements RowEstimate {}
}
