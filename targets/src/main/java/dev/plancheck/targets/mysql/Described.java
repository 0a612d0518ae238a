// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.mysql;

import java.util.Collection;
import java.util.TreeSet;

/// What a script means in one database, and the rows of the catalogue that tell of it: none but
/// those that questions about this database alone would give.
record Described(Named named, Catalogue catalogue) {
  Collection<TableId> otherEnds() {
    var ends = new TreeSet<TableId>();
    for (var id : named.ids()) {
      ends.addAll(catalogue.referenced(id));
      ends.addAll(catalogue.referencing(id));
    }
    return ends;
  }

  /// With the tables at the other ends of foreign keys.
  Named all() {
    return named.with(otherEnds());
  }
}
