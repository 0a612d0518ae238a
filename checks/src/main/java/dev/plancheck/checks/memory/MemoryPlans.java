// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.memory;

import dev.plancheck.checks.ApiException;
import dev.plancheck.checks.plan.Authors;
import dev.plancheck.checks.plan.Plan;
import dev.plancheck.checks.plan.PlanName;
import dev.plancheck.checks.plan.Plans;
import dev.plancheck.checks.plan.Projects;
import dev.plancheck.checks.plan.Spec;
import dev.plancheck.checks.rollout.Rollout;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/// Plans in memory: numbers and versions are handed out under the object's lock.
final class MemoryPlans implements Plans {
  private final Projects projects;
  private final InstantSource clock;
  private Predicate<PlanName> rolledOut = _ -> false;
  private final TreeMap<PlanName, Plan> plans =
      new TreeMap<>(Comparator.comparing(PlanName::project).thenComparingLong(PlanName::number));

  MemoryPlans(Projects projects, InstantSource clock) {
    this.projects = projects;
    this.clock = clock;
  }

  /// `live` tells whether a rollout of a plan is live; it is asked under this object's lock.
  synchronized void guardBy(Predicate<PlanName> live) {
    rolledOut = live;
  }

  @Override
  public synchronized Plan create(String project, String title, List<Spec> specs, String actor) {
    if (projects.get(project).isEmpty()) {
      throw ApiException.notFound("projects/" + project);
    }
    var last = plans.lowerKey(new PlanName(project, Long.MAX_VALUE));
    var number = last == null || !last.project().equals(project) ? 1 : last.number() + 1;
    var now = clock.instant();
    var plan =
        new Plan(new PlanName(project, number), title, specs, 1, Authors.of(actor), now, now);
    plans.put(plan.name(), plan);
    return plan;
  }

  @Override
  public synchronized Optional<Plan> get(PlanName name) {
    return Optional.ofNullable(plans.get(name));
  }

  @Override
  public synchronized List<Plan> list(String project, int limit, long before) {
    return plans
        .subMap(new PlanName(project, 0), new PlanName(project, before))
        .reversed()
        .values()
        .stream()
        .limit(limit)
        .toList();
  }

  @Override
  public synchronized Plan update(Plan plan, String actor) {
    var stored = get(plan.name()).orElseThrow(() -> ApiException.notFound(plan.name().toString()));
    if (stored.version() != plan.version()) {
      throw ApiException.aborted(
          "version of %s: %d (expected: %d, the stored one; read the plan again)"
              .formatted(plan.name(), plan.version(), stored.version()));
    }
    if (rolledOut.test(plan.name())) {
      throw Rollout.editRefused(plan.name());
    }
    var updated =
        new Plan(
            plan.name(),
            plan.title(),
            plan.specs(),
            plan.version() + 1,
            stored.authors().and(actor),
            stored.createdAt(),
            clock.instant());
    plans.put(plan.name(), updated);
    return updated;
  }
}
