// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.approval;

import dev.plancheck.checks.approval.Assessment.UnknownFact;
import dev.plancheck.checks.plan.Database;
import dev.plancheck.checks.plan.DatabaseName;
import dev.plancheck.checks.plan.Databases;
import dev.plancheck.checks.plan.Instance;
import dev.plancheck.checks.plan.Instances;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Where targets are, as it is known now. Labels are read only where a rule asks for them.
final class Places {
  /// A place as it is hashed.
  record Row(DatabaseName name, SortedMap<String, Object> known) {}

  private final Instances instances;
  private final boolean labeled;
  private final Map<DatabaseName, Database> databases;
  private final Map<String, Optional<Instance>> found = new HashMap<>();

  private Places(Instances instances, boolean labeled, Map<DatabaseName, Database> databases) {
    this.instances = instances;
    this.labeled = labeled;
    this.databases = databases;
  }

  /// Of the databases `names`; `used` are the variables that rules ask for.
  static Places read(
      Instances instances, Databases databases, Set<DatabaseName> names, Set<String> used) {
    var labeled = used.contains(Facts.LABELS);
    return new Places(
        instances, labeled, labeled ? databases.getAll(names) : Map.<DatabaseName, Database>of());
  }

  /// By the variables of [Facts]; what is not known is not there.
  SortedMap<String, Object> of(DatabaseName name, @Nullable String environment) {
    var known = new TreeMap<String, Object>();
    known.put(Facts.INSTANCE, name.instance());
    known.put(Facts.DATABASE, name.database());
    var instance = instance(name.instance());
    if (environment != null) {
      known.put(Facts.ENVIRONMENT, environment);
    } else {
      instance.ifPresent(there -> known.put(Facts.ENVIRONMENT, there.environment()));
    }
    instance.ifPresent(there -> known.put(Facts.ENGINE, there.engine().name()));
    var database = databases.get(name);
    if (database != null) {
      known.put(Facts.LABELS, database.labels());
    }
    return known;
  }

  /// What is not known of a place that [#of] gave.
  List<UnknownFact> unknown(SortedMap<String, Object> place) {
    if (!place.containsKey(Facts.ENGINE)) {
      return List.of(new UnknownFact(Facts.ENGINE, "the instance is not registered any more", 1));
    }
    return labeled && !place.containsKey(Facts.LABELS)
        ? List.of(new UnknownFact(Facts.LABELS, "the database is not known any more", 1))
        : List.of();
  }

  /// Another one as soon as the database is somewhere else, or called otherwise.
  Row row(DatabaseName name, @Nullable String environment) {
    return new Row(name, of(name, environment));
  }

  private Optional<Instance> instance(String id) {
    return found.computeIfAbsent(id, instances::get);
  }
}
