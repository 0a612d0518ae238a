// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.run;

import dev.plancheck.checks.ApiException;
import dev.plancheck.checks.CheckPorts;
import dev.plancheck.checks.plan.DatabaseName;
import dev.plancheck.checks.plan.Plan;
import dev.plancheck.checks.plan.PlanName;
import dev.plancheck.checks.plan.Spec;
import dev.plancheck.checks.planner.CheckPlanner;
import dev.plancheck.checks.planner.EnvironmentOrder;
import dev.plancheck.checks.planner.Inventory;
import dev.plancheck.checks.planner.PlannedChecks;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;

/// What users can do with the checks of a plan: run, watch, cancel. Reading goes to the port
/// [Runs].
public final class RunService {
  private static final int TARGETS_OF_SHARD = 2_000;

  /// What a run's answer depends on beside the plan and its databases. `rulesVersion` names the
  /// rules of this build.
  public record Standard(String policyHash, String rulesVersion, EnvironmentOrder environments) {}

  private final CheckPorts ports;
  private final RunQueue queue;
  private final Standard standard;

  public RunService(CheckPorts ports, RunQueue queue, Standard standard) {
    this.ports = ports;
    this.queue = queue;
    this.standard = standard;
  }

  /// What there is to check in the plan as it is now. Throws [ApiException]: NOT_FOUND, and what
  /// [CheckPlanner#plan] throws.
  public PlannedChecks plan(PlanName name) {
    var plan = ports.plans().get(name).orElseThrow(() -> ApiException.notFound(name.toString()));
    var project =
        ports
            .projects()
            .get(name.project())
            .orElseThrow(() -> ApiException.notFound("projects/" + name.project()));
    return CheckPlanner.plan(
        plan,
        new CheckPlanner.Inputs(
            project.settings(),
            inventory(plan),
            standard.environments(),
            standard.policyHash(),
            standard.rulesVersion()));
  }

  /// Queues all checks of the plan as its first or next attempt. Throws [ApiException]: as [#plan],
  /// and FAILED_PRECONDITION while its checks are queued or running, or when there is nothing to
  /// check.
  public PlanCheckRun start(PlanName name) {
    return switch (plan(name)) {
      case PlannedChecks.NotApplicable _ ->
          throw ApiException.failedPrecondition(
              "%s has nothing to check (expected: a spec that changes databases by a sheet)"
                  .formatted(name));
      case PlannedChecks.MatchesNothing(var spec) ->
          throw ApiException.failedPrecondition(
              "spec %s of %s matches no database (expected: at least one)".formatted(spec, name));
      case PlannedChecks.Checks(var config) -> {
        var run = ports.runs().enqueue(name, RunOrder.whole(config, TARGETS_OF_SHARD, ""));
        queue.queued(run);
        yield run;
      }
    };
  }

  /// Ends the plan's queued or running checks and returns the record, CANCELED; work on databases
  /// ends within two seconds, and what was found is kept. Throws [ApiException]: NOT_FOUND, and
  /// FAILED_PRECONDITION for a run that is final.
  public PlanCheckRun cancel(PlanName name) {
    var run = get(name);
    if (!ports.runs().cancel(name, run.attempt(), "")) {
      throw ApiException.failedPrecondition(
          "checks of %s are %s (expected: queued or running)".formatted(name, get(name).status()));
    }
    queue.canceled(run);
    return get(name);
  }

  /// The plan's run. Throws [ApiException] NOT_FOUND for a plan that was never checked.
  public PlanCheckRun get(PlanName name) {
    return ports.runs().get(name).orElseThrow(() -> ApiException.notFound(name + "/planCheckRun"));
  }

  /// Calls `listener` with the run as it is, if there is one, and then with every change that is
  /// newer, until the subscription is closed. The listener must not block.
  public Runs.Subscription watch(PlanName name, Consumer<PlanCheckRun> listener) {
    var feed = new RunFeed(listener);
    var subscription = ports.runs().watch(name, feed::tell);
    ports.runs().get(name).ifPresent(feed::tell);
    return subscription;
  }

  /// Waits for the end of an attempt and returns the record as it is then.
  public PlanCheckRun await(PlanCheckRun attempt) throws InterruptedException {
    var end = new CompletableFuture<PlanCheckRun>();
    try (var _ =
        watch(
            attempt.plan(),
            run -> {
              if (run.attempt() > attempt.attempt() || run.status().isFinal()) {
                end.complete(run);
              }
            })) {
      return end.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("nothing completes it by a failure", e);
    }
  }

  private Inventory inventory(Plan plan) {
    Set<DatabaseName> names = new HashSet<>();
    for (var spec : plan.specs()) {
      if (spec instanceof Spec.ChangeDatabase change) {
        names.addAll(change.targets());
      }
    }
    Set<String> instances = new HashSet<>();
    for (var name : names) {
      if (!instances.contains(name.instance())
          && ports.instances().get(name.instance()).isPresent()) {
        instances.add(name.instance());
      }
    }
    return new Inventory(instances, ports.databases().getAll(names));
  }
}
