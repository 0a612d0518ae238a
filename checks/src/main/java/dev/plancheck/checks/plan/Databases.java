// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.plan;

import dev.plancheck.checks.ApiException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The port to where the databases of the instances are kept.
public interface Databases {
  /// Makes `names` exactly the databases of the instance, at once: new ones come without labels,
  /// kept ones keep theirs, others are forgotten. Returns them by name, ascending by code point.
  /// Throws [ApiException] NOT_FOUND for an unknown instance.
  List<Database> sync(String instance, Set<String> names);

  Optional<Database> get(DatabaseName name);

  /// Those of `names` that exist, in one question.
  Map<DatabaseName, Database> getAll(Collection<DatabaseName> names);

  /// At most `limit` databases, of one instance or of all (null), by instance and name ascending by
  /// code point, behind `after`; null begins.
  List<Database> list(@Nullable String instance, int limit, @Nullable DatabaseName after);

  /// Gives `each` every database, as they are at one moment, by instance and name ascending by code
  /// point.
  void readAll(Consumer<Database> each);

  /// Replaces the labels. Throws [ApiException] NOT_FOUND.
  Database label(DatabaseName name, SortedMap<String, String> labels);
}
