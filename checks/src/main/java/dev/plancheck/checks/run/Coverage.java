// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.run;

import dev.plancheck.checks.plan.DatabaseName;
import java.util.HashSet;
import java.util.Set;

/// One check of one database by one sheet, whichever spec asks for it: migrated runs do not always
/// know their specs.
record Coverage(DatabaseName target, String sheet, CheckType type, boolean sdl) {
  /// Of everything that the config has chosen.
  static Set<Coverage> of(PlanCheckRunConfig config) {
    var checks = new HashSet<Coverage>();
    for (var target : config.chosen()) {
      for (var type : target.types()) {
        checks.add(new Coverage(target.target(), target.sheet(), type, target.enableSdl()));
      }
    }
    return checks;
  }
}
