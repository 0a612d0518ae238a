// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.schema;

import dev.plancheck.engine.dialect.Script;
import dev.plancheck.engine.sql.ObjectName;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/// Every name that a script mentions, as it is written there: what a catalogue reader must look up,
/// whether it exists or is about to be created.
///
/// A name without a schema may mean an object in any schema of the target's search path or of
/// `schemas`, since a script can set its own search path. Relations and indexes share one name
/// space in PostgreSQL: a name in either set may turn out to be the other. `types` holds built-in
/// names too (`int4`). `wholeSchema` is true when names do not bound what the script can reach:
/// CASCADE, dynamic SQL, a statement that was not analysed.
public record Mentions(
    SortedSet<ObjectName> relations,
    SortedSet<ObjectName> indexes,
    SortedSet<ObjectName> types,
    SortedSet<ObjectName> functions,
    SortedSet<String> schemas,
    boolean wholeSchema) {

  public Mentions {
    relations = frozen(relations);
    indexes = frozen(indexes);
    types = frozen(types);
    functions = frozen(functions);
    schemas = frozen(schemas);
  }

  public static Mentions of(Script script) {
    return of(List.of(script));
  }

  /// What any of the scripts mentions.
  public static Mentions of(Collection<Script> scripts) {
    var collector = new MentionCollector();
    for (var script : scripts) {
      script.statements().forEach(statement -> collector.add(statement.statement()));
    }
    return collector.mentions();
  }

  private static <T extends Comparable<? super T>> SortedSet<T> frozen(Collection<T> names) {
    return Collections.unmodifiableSortedSet(new TreeSet<>(names));
  }
}
