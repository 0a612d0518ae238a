// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.plan;

import java.util.List;

/// Which databases a change is for.
public sealed interface Targets {
  /// These, in this order.
  record Listed(List<DatabaseName> databases) implements Targets {
    public Listed {
      databases = List.copyOf(databases);
    }
  }

  /// Those that the group has when the question is asked, by name.
  record Group(GroupName group) implements Targets {}

  static Targets of(List<DatabaseName> databases) {
    return new Listed(databases);
  }
}
