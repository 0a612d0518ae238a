// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.memory;

import dev.plancheck.checks.ApiException;
import dev.plancheck.checks.policy.PoliciesInForce.Ruling;
import dev.plancheck.checks.policy.PolicyText;
import dev.plancheck.checks.policy.ReviewPolicies;
import dev.plancheck.checks.policy.ReviewPolicy;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/// Review policies in memory. The lock is the instances' own, as it is for environments: neither
/// may lose the other.
final class MemoryReviewPolicies implements ReviewPolicies {
  private final MemoryProjects projects;
  private final MemoryInstances instances;
  private final InstantSource clock;
  private final TreeMap<String, ReviewPolicy> policies = new TreeMap<>(CodePoints.ORDER);
  private final Map<String, PolicyText> texts = new HashMap<>();

  MemoryReviewPolicies(MemoryProjects projects, MemoryInstances instances, InstantSource clock) {
    this.projects = projects;
    this.instances = instances;
    this.clock = clock;
    instances
        .environments()
        .governedBy(id -> first(one -> id.equals(one.scope().environment())).map(ReviewPolicy::id));
  }

  @Override
  public ReviewPolicy create(Draft draft) {
    synchronized (instances) {
      if (policies.containsKey(draft.id())) {
        throw ApiException.alreadyExists(ReviewPolicy.name(draft.id()));
      }
      requireExisting(draft);
      first(one -> one.scope().equals(draft.scope()))
          .ifPresent(other -> {
            throw ReviewPolicy.taken(draft.scope(), other.id());
          });
      keep(draft.text());
      var now = clock.instant();
      var policy =
          new ReviewPolicy(
              draft.id(), draft.title(), draft.scope(), draft.text(), 1, draft.actor(), now, now);
      policies.put(draft.id(), policy);
      return policy;
    }
  }

  private void requireExisting(Draft draft) {
    var project = draft.scope().project();
    if (project != null && projects.get(project).isEmpty()) {
      throw ReviewPolicy.unknownProject(project);
    }
    var environment = draft.scope().environment();
    if (environment != null && instances.environments().get(environment).isEmpty()) {
      throw ReviewPolicy.unknownEnvironment(environment);
    }
  }

  private Optional<ReviewPolicy> first(Predicate<ReviewPolicy> wanted) {
    return policies.values().stream().filter(wanted).findFirst();
  }

  @Override
  public Optional<ReviewPolicy> get(String id) {
    synchronized (instances) {
      return Optional.ofNullable(policies.get(id));
    }
  }

  @Override
  public List<ReviewPolicy> list(int limit, String afterId) {
    synchronized (instances) {
      return policies.tailMap(afterId, false).values().stream().limit(limit).toList();
    }
  }

  @Override
  public ReviewPolicy update(Draft draft, int version) {
    synchronized (instances) {
      var current = existing(draft.id());
      if (current.version() != version) {
        throw ReviewPolicy.changed(draft.id());
      }
      keep(draft.text());
      var changed =
          new ReviewPolicy(
              draft.id(),
              draft.title(),
              current.scope(),
              draft.text(),
              version + 1,
              draft.actor(),
              current.createdAt(),
              clock.instant());
      policies.put(draft.id(), changed);
      return changed;
    }
  }

  @Override
  public void delete(String id) {
    synchronized (instances) {
      policies.remove(existing(id).id());
    }
  }

  private ReviewPolicy existing(String id) {
    return get(id).orElseThrow(() -> ApiException.notFound(ReviewPolicy.name(id)));
  }

  @Override
  public List<Ruling> inForce(String project) {
    synchronized (instances) {
      return policies.values().stream()
          .filter(one ->
              one.scope().project() == null || Objects.equals(one.scope().project(), project))
          .map(one -> new Ruling(one.scope(), one.id(), one.text().hash()))
          .toList();
    }
  }

  @Override
  public void keep(PolicyText text) {
    synchronized (instances) {
      texts.putIfAbsent(text.hash(), text);
    }
  }

  @Override
  public Optional<PolicyText> text(String hash) {
    synchronized (instances) {
      return Optional.ofNullable(texts.get(hash));
    }
  }
}
