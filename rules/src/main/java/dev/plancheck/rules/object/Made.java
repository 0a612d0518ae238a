// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.rules.object;

import dev.plancheck.engine.sql.Statement;
import dev.plancheck.engine.sql.TableAction;
import java.util.HashSet;
import java.util.Set;

/// What one ALTER TABLE itself adds and takes away, by name: its other actions see that, in
/// whatever order they are written.
record Made(Set<String> columns, Set<String> constraints, Set<String> gone) {
  static final Made NOTHING = new Made(Set.of(), Set.of(), Set.of());

  Made {
    columns = Set.copyOf(columns);
    constraints = Set.copyOf(constraints);
    gone = Set.copyOf(gone);
  }

  static Made by(Statement.AlterTable alter) {
    var columns = new HashSet<String>();
    var constraints = new HashSet<String>();
    var gone = new HashSet<String>();
    for (var action : alter.actions()) {
      switch (action) {
        case TableAction.AddColumn(var column, _, _) -> columns.add(column.name());
        case TableAction.AddConstraint(var constraint, _) -> {
          if (constraint.name() != null) {
            constraints.add(constraint.name());
          }
        }
        case TableAction.DropColumn(var column, _, _, _) -> gone.add(column);
        case TableAction.DropConstraint(var constraint, _, _, _) -> gone.add(constraint);
        case TableAction _ -> {}
      }
    }
    return new Made(columns, constraints, gone);
  }
}
