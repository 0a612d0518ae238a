// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.target;

import dev.plancheck.engine.dialect.Script;
import dev.plancheck.engine.review.Walkthrough;
import dev.plancheck.engine.schema.Schema;
import dev.plancheck.engine.sql.ObjectName;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// What one database looks like for one script. Databases with an equal `fingerprint` have an equal
/// `schema` and share a review; `sizes` are this database's own, keyed by schema-qualified name.
public record Snapshot(Schema schema, String fingerprint, SortedMap<ObjectName, TableSize> sizes) {
  public Snapshot {
    sizes = Collections.unmodifiableSortedMap(new TreeMap<>(sizes));
  }

  /// What the database will look like when the scripts have run, each in a session of its own; the
  /// fingerprint and the sizes stay those that were read.
  public Snapshot after(List<Script> scripts) {
    var changed = schema;
    for (var script : scripts) {
      changed = Walkthrough.of(script, changed).after().withSearchPath(schema.searchPath());
    }
    return new Snapshot(changed, fingerprint, sizes);
  }
}
