// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.run;

import dev.plancheck.checks.ApiException;
import dev.plancheck.checks.ApiException.Code;
import dev.plancheck.checks.CheckPorts;
import dev.plancheck.checks.group.GroupService;
import dev.plancheck.checks.plan.Environment;
import dev.plancheck.checks.plan.Plan;
import dev.plancheck.checks.plan.PlanName;
import dev.plancheck.checks.plan.Project;
import dev.plancheck.checks.planner.CheckPlanner;
import dev.plancheck.checks.planner.EnvironmentOrder;
import dev.plancheck.checks.planner.InventoryReader;
import dev.plancheck.checks.planner.PlannedChecks;
import dev.plancheck.checks.policy.PoliciesInForce;
import dev.plancheck.checks.run.Standing.Planned;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// What users can do with the checks of a plan: run, watch, cancel. Reading goes to the port
/// [Runs].
public final class RunService {
  /// How long a fold may take before a partial run is refused for want of it.
  private static final Duration FOLD = Duration.ofSeconds(5);

  private static final Duration FOLD_LOOK = Duration.ofMillis(100);

  /// What a run's answer depends on beside the plan, its databases and the stored policies. `own`
  /// is the hash of the policy that governs where none is stored; `rulesVersion` names the rules of
  /// this build; `targetsOfShard` is the most targets that one worker checks.
  public record Standard(String own, String rulesVersion, int targetsOfShard) {}

  private final CheckPorts ports;
  private final Standard standard;
  private final InstantSource clock;
  private final InventoryReader inventories;

  public RunService(CheckPorts ports, Standard standard, InstantSource clock) {
    this.ports = ports;
    this.standard = standard;
    this.clock = clock;
    this.inventories =
        new InventoryReader(
            ports.instances(),
            ports.databases(),
            new GroupService(ports.groups(), ports.databases()));
  }

  /// What there is to check in the plan as it is now. Throws [ApiException]: NOT_FOUND, and what
  /// [CheckPlanner#plan] throws.
  public PlannedChecks plan(PlanName name) {
    return plan(existing(name), project(name).settings(), policies(name));
  }

  private PlannedChecks plan(Plan plan, Project.Settings settings, PoliciesInForce policies) {
    return CheckPlanner.plan(
        plan,
        new CheckPlanner.Inputs(
            settings, inventories.read(plan), environments(), policies, standard.rulesVersion()));
  }

  /// Those that govern the plan's databases now.
  private PoliciesInForce policies(PlanName plan) {
    return new PoliciesInForce(
        plan.project(), ports.policies().inForce(plan.project()), standard.own());
  }

  /// Queues checks of the plan as its first or next attempt, for `actor`. Throws [ApiException]: as
  /// [#plan], and FAILED_PRECONDITION while its checks are queued or running, or when there is
  /// nothing to check.
  ///
  /// Of a part, also: FAILED_PRECONDITION unless there is an attempt that ended and was made for
  /// the plan, the policy, the rules and the databases as they are now; INVALID_ARGUMENT for specs
  /// or targets that the plan does not check; ABORTED when the results of the last attempt are
  /// still not folded after some seconds.
  public PlanCheckRun start(PlanName name, RunScope scope, String actor) {
    var run = scope.isWhole() ? enqueueWhole(name, actor) : enqueuePart(name, scope, actor);
    ports.queue().queued(run);
    return run;
  }

  private PlanCheckRun enqueueWhole(PlanName name, String actor) {
    var order = RunOrder.whole(toCheck(name), standard.targetsOfShard(), actor);
    return ports.runs().enqueue(name, order);
  }

  /// Everything is looked at again after each refusal: what is folded in the meantime counts.
  private PlanCheckRun enqueuePart(PlanName name, RunScope scope, String actor) {
    return whenFolded(() -> ports.runs().enqueue(name, part(name, scope, actor)));
  }

  private PlanCheckRun whenFolded(Supplier<PlanCheckRun> attempt) {
    var end = clock.instant().plus(FOLD);
    while (true) {
      try {
        return attempt.get();
      } catch (ApiException e) {
        if (e.code() != Code.ABORTED || !clock.instant().isBefore(end) || !pause()) {
          throw e;
        }
      }
    }
  }

  private RunOrder part(PlanName name, RunScope scope, String actor) {
    var config = toCheck(name);
    var last =
        ports
            .runs()
            .get(name)
            .orElseThrow(() ->
                ApiException.failedPrecondition(
                    "a part of %s cannot be run again, because it was never checked: run all checks"
                        .formatted(name)));
    if (!last.status().isFinal()) {
      throw new RunActiveException(name, last.status());
    }
    var changes = Staleness.changes(last, now(policies(name), config));
    if (!changes.isEmpty()) {
      throw Rerun.refused(name, changes);
    }
    return new Rerun(last, config).order(scope, ports.runs(), standard.targetsOfShard(), actor);
  }

  /// Queues checks of just these targets of a plan whose databases were settled by its last run,
  /// for a rollout: databases that joined since are not looked at, and those that were sampled out
  /// can be asked for. The other results are kept, unless policy or rules are others by now: then
  /// there is none for what is not asked for. Throws [ApiException]: NOT_FOUND, FAILED_PRECONDITION
  /// while checks are queued or running, INVALID_ARGUMENT for a target that the last run does not
  /// know, ABORTED when its results are still not folded after some seconds.
  public PlanCheckRun startTasks(PlanName name, Set<SpecTarget> targets, String actor) {
    var last = get(name);
    if (!last.status().isFinal()) {
      throw new RunActiveException(name, last.status());
    }
    var settled = ports.runs().config(name).orElseThrow();
    requireKnown(name, settled, targets);
    var now =
        new PlanCheckRunConfig(
            settled.targets(),
            settled.planVersion(),
            policies(name).over(settled.policies().byEnvironment().keySet()),
            standard.rulesVersion(),
            settled.membershipHash());
    var keep =
        now.policyHash().equals(settled.policyHash())
            && now.rulesVersion().equals(settled.rulesVersion());
    var run =
        whenFolded(() ->
            ports
                .runs()
                .enqueue(
                    name,
                    new Rerun(last, now)
                        .orderOf(targets, keep, ports.runs(), standard.targetsOfShard(), actor)));
    ports.queue().queued(run);
    return run;
  }

  private static void requireKnown(
      PlanName name, PlanCheckRunConfig settled, Set<SpecTarget> targets) {
    var known = settled.targets().stream().map(SpecTarget::of).collect(Collectors.toSet());
    for (var target : targets) {
      if (!known.contains(target)) {
        throw ApiException.invalid(
            "targets",
            "target: %s of spec %s (expected: a database that the last run of %s settled on)"
                .formatted(target.target(), target.spec(), name));
      }
    }
  }

  private PlanCheckRunConfig toCheck(PlanName name) {
    return switch (plan(name)) {
      case PlannedChecks.NotApplicable _ ->
          throw ApiException.failedPrecondition(
              "%s has nothing to check (expected: a spec that changes databases by a sheet)"
                  .formatted(name));
      case PlannedChecks.MatchesNothing(var spec) ->
          throw ApiException.failedPrecondition(
              "spec %s of %s matches no database (expected: at least one)".formatted(spec, name));
      case PlannedChecks.Checks(var config) -> config;
    };
  }

  private Staleness.Now now(PoliciesInForce policies, PlanCheckRunConfig config) {
    return new Staleness.Now(
        config.planVersion(), policies, standard.rulesVersion(), config.membershipHash());
  }

  /// False when this thread shall stop.
  private static boolean pause() {
    try {
      Waiter.pause(FOLD_LOOK);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /// Ends the plan's queued or running checks for `actor` and returns the record, CANCELED; work on
  /// databases ends within two seconds, and what was found is kept. Throws [ApiException]:
  /// NOT_FOUND, and FAILED_PRECONDITION for a run that is final.
  public PlanCheckRun cancel(PlanName name, String actor) {
    var run = get(name);
    if (!ports.runs().cancel(name, run.attempt(), actor)) {
      throw ApiException.failedPrecondition(
          "checks of %s are %s (expected: queued or running)".formatted(name, get(name).status()));
    }
    ports.queue().canceled(run);
    return get(name);
  }

  /// Why the plan's run does not answer for it any more; empty while it does. Whether the run is
  /// final is not looked at. Throws [ApiException] NOT_FOUND for a plan that does not exist or was
  /// never checked.
  public List<Staleness> staleness(PlanName name) {
    var _ = get(name);
    return standing(name).staleness();
  }

  /// How the plan stands. Throws [ApiException] NOT_FOUND for an unknown plan.
  public Standing standing(PlanName name) {
    var plan = existing(name);
    var settings = project(name).settings();
    var policies = policies(name);
    var planned = planned(plan, settings, policies);
    var run = ports.runs().get(name).orElse(null);
    var staleness =
        run == null
            ? List.<Staleness>of()
            : staleness(run, now(plan, planned, policies), planned, settings.maximumAge());
    return new Standing(plan.version(), settings, planned, run, staleness);
  }

  private List<Staleness> staleness(
      PlanCheckRun run, Staleness.Now now, Planned planned, Duration maximumAge) {
    var reasons = Staleness.of(run, now, maximumAge, clock.instant());
    if (!reasons.isEmpty() || run.origin() instanceof Origin.Checked || covers(run, planned)) {
      return reasons;
    }
    return List.of(new Staleness.MembershipChanged());
  }

  /// A migrated run has no hash of its databases: it must have made each check that there is.
  private boolean covers(PlanCheckRun run, Planned planned) {
    return planned instanceof Planned.ToCheck(var config)
        && ports
            .runs()
            .config(run.plan())
            .filter(checked -> Coverage.of(checked).containsAll(Coverage.of(config)))
            .isPresent();
  }

  private Planned planned(Plan plan, Project.Settings settings, PoliciesInForce policies) {
    try {
      return switch (plan(plan, settings, policies)) {
        case PlannedChecks.NotApplicable _ -> new Planned.NothingToCheck();
        case PlannedChecks.MatchesNothing(var spec) -> new Planned.MatchesNothing(spec);
        case PlannedChecks.Checks(var config) -> new Planned.ToCheck(config);
      };
    } catch (ApiException e) {
      if (e.code() == Code.FAILED_PRECONDITION) {
        return new Planned.Impossible(String.valueOf(e.getMessage()));
      }
      throw e;
    }
  }

  /// A plan that cannot be planned any more, or to nothing, has not the databases that were
  /// checked.
  private Staleness.Now now(Plan plan, Planned planned, PoliciesInForce policies) {
    return planned instanceof Planned.ToCheck(var config)
        ? now(policies, config)
        : new Staleness.Now(plan.version(), policies, standard.rulesVersion(), "");
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

  private Plan existing(PlanName name) {
    return ports.plans().get(name).orElseThrow(() -> ApiException.notFound(name.toString()));
  }

  private Project project(PlanName name) {
    return ports
        .projects()
        .get(name.project())
        .orElseThrow(() -> ApiException.notFound("projects/" + name.project()));
  }

  /// The order in which changes go through environments.
  public EnvironmentOrder environments() {
    return new EnvironmentOrder(ports.environments().list().stream().map(Environment::id).toList());
  }
}
