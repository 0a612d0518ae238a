// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks;

import dev.plancheck.checks.advise.ScriptReview;
import dev.plancheck.checks.advise.SyntaxJudge;
import dev.plancheck.checks.declarative.SchemaDifferences;
import dev.plancheck.checks.plan.PlanService;
import dev.plancheck.checks.policy.KnownPolicies;
import dev.plancheck.checks.policy.OwnPolicy;
import dev.plancheck.checks.policy.PolicyService;
import dev.plancheck.checks.policy.PolicySource;
import dev.plancheck.checks.run.CheckRunner;
import dev.plancheck.checks.run.ConnectionSlots;
import dev.plancheck.checks.run.RecurringWork;
import dev.plancheck.checks.run.RunService;
import dev.plancheck.checks.run.RunSettings;
import dev.plancheck.checks.run.RunWorker;
import dev.plancheck.checks.run.TargetTimes;
import dev.plancheck.checks.target.TargetConnector;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The room of planning and running checks, over any storage and any targets.
public final class Checks implements AutoCloseable {
  /// What checks are made by. `policy` governs where none is stored; `rulesVersion` names the rules
  /// of this build; without a judge a statement that the grammar rejects stays "could not be
  /// parsed".
  public record Setup(
      OwnPolicy policy,
      String rulesVersion,
      RunSettings settings,
      @Nullable SyntaxJudge judge,
      SchemaDifferences differences) {
    /// Without declarative schemas.
    public Setup(
        OwnPolicy policy, String rulesVersion, RunSettings settings, @Nullable SyntaxJudge judge) {
      this(policy, rulesVersion, settings, judge, SchemaDifferences.none());
    }
  }

  private final CheckPorts ports;
  private final PlanService plans;
  private final RunService runs;
  private final CheckRunner runner;
  private final Policies policies;

  private record Policies(PolicyService service, PolicySource known) {}

  private Checks(
      CheckPorts ports, PlanService plans, RunService runs, CheckRunner runner, Policies policies) {
    this.ports = ports;
    this.plans = plans;
    this.runs = runs;
    this.runner = runner;
    this.policies = policies;
  }

  /// Starts working in this process, first on what an earlier one left.
  public static Checks start(
      CheckPorts ports,
      TargetConnector targets,
      Setup setup,
      List<RecurringWork> recurring,
      InstantSource clock) {
    // Whoever works on a run of this process must be able to read what it is made for.
    ports.policies().keep(setup.policy().text());
    var known = new KnownPolicies(setup.policy(), ports.policies());
    var means = new CheckRunner.Means(new ScriptReview(setup.judge()), known, ports.sheets());
    var readers = new CheckRunner.Readers(targets, setup.differences());
    var runner = new CheckRunner(readers, means, ports.leases(), setup.settings(), clock);
    var standard =
        new RunService.Standard(
            setup.policy().hash(), setup.rulesVersion(), setup.settings().targetsOfShard());
    var runs = new RunService(ports, standard, clock);
    var worker = new RunWorker(ports.runs(), ports.shards(), runner, setup.settings().run());
    ports.queue().start(worker, recurring);
    var policies = new PolicyService(ports.policies(), setup.policy().language());
    return new Checks(ports, new PlanService(ports), runs, runner, new Policies(policies, known));
  }

  /// The storage that is worked on.
  public CheckPorts ports() {
    return ports;
  }

  public PlanService plans() {
    return plans;
  }

  public RunService runs() {
    return runs;
  }

  public PolicyService policies() {
    return policies.service();
  }

  /// What every policy says that a check was made by.
  public PolicySource knownPolicies() {
    return policies.known();
  }

  /// The rights to connections to users' databases, which everything in this process shares.
  public ConnectionSlots slots() {
    return runner.slots();
  }

  /// How long the targets of the run took that this process began last.
  public TargetTimes latestTimes() {
    return runner.latestTimes();
  }

  /// Stops what runs here within a few seconds; storage that outlives the process keeps it for the
  /// next worker.
  @Override
  public void close() {
    ports.queue().close();
    runner.close();
  }
}
