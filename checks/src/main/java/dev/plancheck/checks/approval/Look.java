// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.approval;

import java.util.List;
import java.util.SortedMap;

/// All that rules can tell of what a plan does to a target. Values by variable; one that is not
/// there is not known, or no rule asks for it.
///
/// `types` are kinds of statements, sorted; [StatementKinds#OPAQUE] stands for statements of which
/// nothing is known. `tables` are the changed ones, none if no table is changed; `rows` is how many
/// rows change, if that is known.
record Look(
    SortedMap<String, Object> place,
    List<String> types,
    List<SortedMap<String, Object>> tables,
    SortedMap<String, Object> rows,
    boolean rowsKnown) {
  Look {
    types = List.copyOf(types);
    tables = List.copyOf(tables);
  }
}
