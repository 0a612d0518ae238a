// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.plan;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// One part of a plan.
public sealed interface Spec {
  /// Unique in its plan.
  String id();

  record CreateDatabase(String id, String instance, String database) implements Spec {}

  record ExportData(String id, String sheet, List<DatabaseName> targets) implements Spec {
    public ExportData {
      targets = List.copyOf(targets);
    }
  }

  /// One sheet for many databases. `sheet` is a SHA-256, or null when `release` names versioned
  /// files instead: `projects/{project}/releases/{release}`.
  record ChangeDatabase(
      String id,
      @Nullable String sheet,
      @Nullable String release,
      Type type,
      Targets targets,
      boolean enablePriorBackup,
      boolean enableGhost,
      SortedMap<String, String> ghostFlags)
      implements Spec {
    public ChangeDatabase {
      ghostFlags = Collections.unmodifiableSortedMap(new TreeMap<>(ghostFlags));
    }

    /// A plain migration of one sheet.
    public static ChangeDatabase migrate(String id, String sheet, List<DatabaseName> targets) {
      return new ChangeDatabase(
          id,
          sheet,
          null,
          Type.MIGRATE,
          Targets.of(targets),
          false,
          false,
          Collections.emptySortedMap());
    }

    public enum Type {
      /// The sheet is a list of statements to run.
      MIGRATE,
      /// The sheet is the wanted schema.
      SDL
    }
  }
}
