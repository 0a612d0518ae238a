// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.ghost;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/// A change that gh-ost itself is to look at. `body` is what stands behind the table's name in the
/// one ALTER TABLE of the sheet; `flags` are those of the plan.
public record NoopOrder(
    String database, String table, String body, SortedMap<String, String> flags) {
  public NoopOrder {
    flags = Collections.unmodifiableSortedMap(new TreeMap<>(flags));
  }
}
