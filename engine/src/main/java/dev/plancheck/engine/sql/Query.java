// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.sql;

import java.util.List;

/// What a statement reads and calls beside its own target: FROM, USING, subqueries, common table
/// expressions.
///
/// `writes` are data-modifying common table expressions, in order of appearance; `tables` holds no
/// names of common table expressions.
public record Query(List<ObjectName> tables, List<ObjectName> functions, List<Statement> writes) {
  public static final Query NONE = new Query(List.of(), List.of(), List.of());

  public Query {
    tables = List.copyOf(tables);
    functions = List.copyOf(functions);
    writes = List.copyOf(writes);
  }
}
