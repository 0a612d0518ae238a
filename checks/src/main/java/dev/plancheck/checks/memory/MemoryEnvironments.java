// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.memory;

import dev.plancheck.checks.ApiException;
import dev.plancheck.checks.plan.Environment;
import dev.plancheck.checks.plan.EnvironmentOrdering;
import dev.plancheck.checks.plan.Environments;
import dev.plancheck.checks.plan.Instance;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Environments in memory, in their order. The lock is the instances' own, because neither may lose
/// the other.
final class MemoryEnvironments implements Environments {
  private final MemoryInstances instances;
  private final List<Environment> environments = new ArrayList<>(Environment.USUAL);
  private Function<String, Optional<String>> governedBy = _ -> Optional.empty();

  MemoryEnvironments(MemoryInstances instances) {
    this.instances = instances;
  }

  /// Tells a review policy of an environment, under the instances' lock.
  void governedBy(Function<String, Optional<String>> policies) {
    synchronized (instances) {
      governedBy = policies;
    }
  }

  @Override
  public Environment create(Environment environment) {
    synchronized (instances) {
      if (get(environment.id()).isPresent()) {
        throw ApiException.alreadyExists(Environment.name(environment.id()));
      }
      if (environments.size() >= Environment.MOST) {
        throw Environment.tooMany();
      }
      environments.add(environment);
      return environment;
    }
  }

  @Override
  public Optional<Environment> get(String id) {
    return list().stream().filter(environment -> environment.id().equals(id)).findFirst();
  }

  @Override
  public List<Environment> list() {
    synchronized (instances) {
      return List.copyOf(environments);
    }
  }

  @Override
  public Environment update(Environment environment) {
    synchronized (instances) {
      environments.set(environments.indexOf(existing(environment.id())), environment);
      return environment;
    }
  }

  @Override
  public void delete(String id) {
    synchronized (instances) {
      var environment = existing(id);
      instances.list(Integer.MAX_VALUE, "").stream()
          .filter(instance -> instance.environment().equals(id))
          .findFirst()
          .map(Instance::id)
          .ifPresent(user -> {
            throw Environment.inUse(id, user);
          });
      governedBy
          .apply(id)
          .ifPresent(policy -> {
            throw Environment.governed(id, policy);
          });
      environments.remove(environment);
    }
  }

  @Override
  public List<Environment> reorder(List<String> ids) {
    synchronized (instances) {
      EnvironmentOrdering.check(ids, list());
      var ordered = ids.stream().map(this::existing).toList();
      environments.clear();
      environments.addAll(ordered);
      return ordered;
    }
  }

  private Environment existing(String id) {
    return get(id).orElseThrow(() -> ApiException.notFound(Environment.name(id)));
  }
}
