// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.memory;

import dev.plancheck.checks.ApiException;
import dev.plancheck.checks.approval.ApprovalDecision;
import dev.plancheck.checks.approval.ApprovalPolicies;
import dev.plancheck.checks.approval.ApprovalPolicy;
import dev.plancheck.checks.approval.ApprovalPolicyVersion;
import dev.plancheck.checks.approval.ApprovalRecords;
import dev.plancheck.checks.approval.Assessment;
import dev.plancheck.checks.plan.PlanName;
import dev.plancheck.checks.plan.Plans;
import dev.plancheck.checks.plan.Projects;
import dev.plancheck.checks.run.PlanCheckRun;
import dev.plancheck.checks.run.Runs;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Approval policies and decisions in memory, under the object's lock.
final class MemoryApprovals implements ApprovalPolicies, ApprovalRecords {
  private record Kept(String key, Assessment assessment) {}

  private final Projects projects;
  private final Plans plans;
  private final Runs runs;
  private final InstantSource clock;
  private final List<ApprovalPolicyVersion> versions = new ArrayList<>();
  private final List<ApprovalDecision> decisions = new ArrayList<>();
  private final Map<PlanName, Kept> assessments = new HashMap<>();

  MemoryApprovals(Projects projects, Plans plans, Runs runs, InstantSource clock) {
    this.projects = projects;
    this.plans = plans;
    this.runs = runs;
    this.clock = clock;
  }

  @Override
  public synchronized ApprovalPolicy get(String project) {
    if (projects.get(project).isEmpty()) {
      throw ApiException.notFound("projects/" + project);
    }
    var last = history(project, 1);
    return last.isEmpty() ? ApprovalPolicy.NONE : last.getFirst().policy();
  }

  @Override
  public synchronized ApprovalPolicyVersion replace(
      String project, String expected, ApprovalPolicy policy, String actor) {
    var present = get(project).hash();
    if (!present.equals(expected)) {
      throw ApprovalPolicies.stale(project, expected, present);
    }
    var version =
        new ApprovalPolicyVersion(versions.size() + 1L, project, policy, actor, clock.instant());
    versions.add(version);
    return version;
  }

  @Override
  public synchronized List<ApprovalPolicyVersion> history(String project, int limit) {
    return versions.reversed().stream()
        .filter(version -> version.project().equals(project))
        .limit(limit)
        .toList();
  }

  @Override
  public synchronized ApprovalDecision add(ApprovalDecision decision, long after) {
    var binding = decision.binding();
    var plan =
        plans
            .get(decision.plan())
            .orElseThrow(() -> ApiException.notFound(decision.plan().toString()));
    var attempt = runs.get(decision.plan()).map(PlanCheckRun::attempt).orElse(0);
    if (plan.version() != binding.planVersion()
        || (binding.attempt() != 0 && attempt != binding.attempt())) {
      throw ApiException.aborted(
          "%s has version %d and attempt %d by now (expected: %d and %d; read the approval again)"
              .formatted(
                  plan.name(), plan.version(), attempt, binding.planVersion(), binding.attempt()));
    }
    var known = list(decision.plan());
    if ((known.isEmpty() ? 0 : known.getLast().id()) != after) {
      throw ApprovalRecords.overtaken(decision.plan());
    }
    var stored =
        new ApprovalDecision(
            decisions.size() + 1L,
            decision.plan(),
            decision.kind(),
            decision.step(),
            decision.role(),
            decision.actor(),
            decision.comment(),
            binding,
            clock.instant());
    decisions.add(stored);
    return stored;
  }

  @Override
  public synchronized List<ApprovalDecision> list(PlanName plan) {
    return decisions.stream().filter(decision -> decision.plan().equals(plan)).toList();
  }

  @Override
  public synchronized Optional<Assessment> assessment(PlanName plan, String key) {
    return Optional.ofNullable(assessments.get(plan))
        .filter(kept -> kept.key().equals(key))
        .map(Kept::assessment);
  }

  @Override
  public synchronized void keep(PlanName plan, String key, Assessment assessment) {
    if (plans.get(plan).isEmpty()) {
      throw ApiException.notFound(plan.toString());
    }
    assessments.put(plan, new Kept(key, assessment));
  }
}
