// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.server;

import dev.plancheck.checks.plan.Instance;
import dev.plancheck.checks.plan.Instances;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Instances that tell, by its id, that one of them may have changed: also where storage failed,
/// because nobody knows what it did before that.
record TellingInstances(Instances stored, Consumer<String> changed) implements Instances {
  @Override
  public Instance create(Instance instance) {
    try {
      return stored.create(instance);
    } finally {
      changed.accept(instance.id());
    }
  }

  @Override
  public Optional<Instance> get(String id) {
    return stored.get(id);
  }

  @Override
  public List<Instance> list(int limit, String afterId) {
    return stored.list(limit, afterId);
  }

  @Override
  public Instance update(Instance instance) {
    try {
      return stored.update(instance);
    } finally {
      changed.accept(instance.id());
    }
  }

  @Override
  public boolean delete(String id) {
    try {
      return stored.delete(id);
    } finally {
      changed.accept(id);
    }
  }
}
