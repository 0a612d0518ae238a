// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.postgresql.wire;

import java.util.Set;

/// Object ids, as a value of a statement.
public record ObjectIds(Set<Long> all) {
  public ObjectIds {
    all = Set.copyOf(all);
  }
}
