// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.ghost;

import java.util.List;

/// An ALTER that is to be tried on an empty copy of a table, and rows that are to be copied into it
/// as gh-ost copies them.
///
/// `table` is as the server spells it, in `database`. `body` is what stands behind the table's
/// name; `findsAlgorithm` is whether an ALGORITHM may be put before it. `columns` are those of
/// before that gh-ost would copy, as far as the sheet tells; `rows` is how many rows at most are
/// copied, above 0.
public record TrialOrder(
    String database,
    String table,
    String body,
    boolean findsAlgorithm,
    List<String> columns,
    long rows) {
  public TrialOrder {
    columns = List.copyOf(columns);
  }
}
