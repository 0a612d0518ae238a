// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.ghost;

import dev.plancheck.checks.ghost.GhostFacts.ForeignKey;
import dev.plancheck.checks.ghost.GhostFacts.Relation.Base;
import java.util.Locale;

/// What gh-ost refuses of a table whatever the ALTER is.
final class TableCheck {
  private TableCheck() {}

  static void find(GhostCase here) {
    var table = here.table();
    if (!table.engine().equalsIgnoreCase("innodb")) {
      here.find(
          GhostCode.ENGINE,
          null,
          "%s is a table of %s: gh-ost takes it, but its swap and its copy rely on transactions."
              .formatted(table.name(), table.engine()),
          "Change it without gh-ost.");
    }
    if (table.systemVersioned()) {
      here.find(
          GhostCode.HISTORY,
          null,
          "%s keeps its history, and gh-ost copies only what is current.".formatted(table.name()),
          "Change it without gh-ost.");
    }
    table.foreignKeys().forEach(key -> foreignKey(here, key));
    triggers(here, table);
    if (table.runningIn() != null) {
      here.find(
          GhostCode.RUNNING,
          null,
          "gh-ost is at work on %s now (connection %d holds its lock)."
              .formatted(table.name(), table.runningIn()),
          "Wait until it has ended.");
    }
  }

  /// A table that points at itself counts as both.
  private static void foreignKey(GhostCase here, ForeignKey key) {
    if (key.ofParent()) {
      here.find(
          GhostCode.FOREIGN_KEY_PARENT,
          null,
          "%s points at %s by the foreign key %s: after the swap it would point at the old table."
              .formatted(key.child(), key.parent(), key.name()),
          "Change the table without gh-ost.");
    } else {
      here.find(
          GhostCode.FOREIGN_KEY_CHILD,
          null,
          "%s has the foreign key %s to %s, which gh-ost's copy would not have."
              .formatted(key.child(), key.name(), key.parent()),
          "Change the table without gh-ost.");
    }
  }

  private static void triggers(GhostCase here, Base table) {
    if (!table.triggers().isEmpty()) {
      here.find(
          GhostCode.TRIGGER,
          null,
          "%s has triggers (%s), which gh-ost's copy would not have."
              .formatted(table.name(), String.join(", ", table.triggers())),
          "Change the table without gh-ost, or drop the triggers before and create them after.");
    }
  }

  /// Columns with a default that the server refuses as soon as the table is changed.
  static void zeroDates(GhostCase here) {
    var mode = here.server().variable("sql_mode").toUpperCase(Locale.ROOT);
    if (!mode.contains("NO_ZERO_DATE") && !mode.contains("NO_ZERO_IN_DATE")) {
      return;
    }
    for (var column : here.shape().columns()) {
      var before = column.before();
      if (before != null && column.definition() == null && isZeroDate(before)) {
        here.find(
            GhostCode.ZERO_DATE,
            null,
            "%s has the default %s, which the server's sql_mode refuses in any ALTER that is strict, as gh-ost's is."
                .formatted(before.name(), before.defaultText()),
            "Give it another default in the same ALTER, or before.");
      }
    }
  }

  private static boolean isZeroDate(GhostFacts.Column column) {
    var text = column.defaultText();
    return text != null
        && column.type().toLowerCase(Locale.ROOT).matches("(date|datetime|timestamp).*")
        && text.matches("'?(0000-\\d\\d|\\d{4}-00|\\d{4}-\\d\\d-00).*");
  }
}
