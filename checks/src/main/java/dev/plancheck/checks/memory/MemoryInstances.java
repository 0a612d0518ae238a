// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.memory;

import dev.plancheck.checks.ApiException;
import dev.plancheck.checks.plan.Database;
import dev.plancheck.checks.plan.DatabaseName;
import dev.plancheck.checks.plan.Databases;
import dev.plancheck.checks.plan.Environment;
import dev.plancheck.checks.plan.Instance;
import dev.plancheck.checks.plan.Instances;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Instances and their databases in memory: one object and one lock, because a database's
/// environment is its instance's.
final class MemoryInstances implements Instances, Databases {
  private static final Comparator<DatabaseName> BY_NAME =
      Comparator.comparing(DatabaseName::instance, CodePoints.ORDER)
          .thenComparing(DatabaseName::database, CodePoints.ORDER);

  private final MemoryEnvironments environments = new MemoryEnvironments(this);
  private final TreeMap<String, Instance> instances = new TreeMap<>(CodePoints.ORDER);
  private final TreeMap<DatabaseName, Database> databases = new TreeMap<>(BY_NAME);

  MemoryEnvironments environments() {
    return environments;
  }

  @Override
  public synchronized Instance create(Instance instance) {
    requireEnvironment(instance);
    if (instances.putIfAbsent(instance.id(), instance) != null) {
      throw ApiException.alreadyExists("instances/" + instance.id());
    }
    return instance;
  }

  @Override
  public synchronized Optional<Instance> get(String id) {
    return Optional.ofNullable(instances.get(id));
  }

  @Override
  public synchronized List<Instance> list(int limit, String afterId) {
    return instances.tailMap(afterId, false).values().stream().limit(limit).toList();
  }

  @Override
  public synchronized Instance update(Instance instance) {
    requireEnvironment(instance);
    if (instances.replace(instance.id(), instance) == null) {
      throw ApiException.notFound("instances/" + instance.id());
    }
    databases.replaceAll((name, database) ->
        name.instance().equals(instance.id())
            ? new Database(name, instance.environment(), database.labels())
            : database);
    return instance;
  }

  private void requireEnvironment(Instance instance) {
    var environment = instance.environment();
    if (!environment.isEmpty() && environments.get(environment).isEmpty()) {
      throw Environment.unknown(environment, environments.list());
    }
  }

  @Override
  public synchronized boolean delete(String id) {
    databases.keySet().removeIf(name -> name.instance().equals(id));
    return instances.remove(id) != null;
  }

  @Override
  public synchronized List<Database> sync(String instance, Set<String> names) {
    var environment =
        get(instance)
            .orElseThrow(() -> ApiException.notFound("instances/" + instance))
            .environment();
    databases
        .keySet()
        .removeIf(name -> name.instance().equals(instance) && !names.contains(name.database()));
    for (var database : names) {
      var name = new DatabaseName(instance, database);
      databases.putIfAbsent(name, new Database(name, environment, Collections.emptySortedMap()));
    }
    return list(instance, Integer.MAX_VALUE, null);
  }

  @Override
  public synchronized Optional<Database> get(DatabaseName name) {
    return Optional.ofNullable(databases.get(name));
  }

  @Override
  public synchronized Map<DatabaseName, Database> getAll(Collection<DatabaseName> names) {
    var found = new HashMap<DatabaseName, Database>();
    for (var name : names) {
      get(name).ifPresent(database -> found.put(name, database));
    }
    return Map.copyOf(found);
  }

  @Override
  public synchronized List<Database> list(
      @Nullable String instance, int limit, @Nullable DatabaseName after) {
    var behind = after == null ? databases : databases.tailMap(after, false);
    return behind.values().stream()
        .filter(database -> instance == null || database.name().instance().equals(instance))
        .limit(limit)
        .toList();
  }

  /// Whoever is told may ask for more.
  @Override
  public void readAll(Consumer<Database> each) {
    list(null, Integer.MAX_VALUE, null).forEach(each);
  }

  @Override
  public synchronized Database label(DatabaseName name, SortedMap<String, String> labels) {
    var labelled =
        databases.computeIfPresent(
            name, (_, database) -> new Database(name, database.environment(), labels));
    if (labelled == null) {
      throw ApiException.notFound(name.toString());
    }
    return labelled;
  }
}
