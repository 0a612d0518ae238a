// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.approval;

import dev.plancheck.checks.ApiException;
import dev.plancheck.checks.CheckPorts;
import dev.plancheck.checks.approval.Assessing.Case;
import dev.plancheck.checks.gate.ApprovalState;
import dev.plancheck.checks.gate.GateTask;
import dev.plancheck.checks.plan.Plan;
import dev.plancheck.checks.plan.PlanName;
import dev.plancheck.checks.run.CheckTarget;
import dev.plancheck.checks.run.PlanCheckRun;
import dev.plancheck.checks.run.RunService;
import dev.plancheck.checks.run.SpecTarget;
import dev.plancheck.checks.run.Standing.Planned;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Puts together how the approval of a plan stands, from what is stored.
final class ApprovalReader {
  private final CheckPorts ports;
  private final ApprovalPolicyService policies;
  private final ApprovalRecords records;
  private final RunService runs;
  private final Assessing assessing;

  ApprovalReader(
      CheckPorts ports, ApprovalPolicyService policies, ApprovalRecords records, RunService runs) {
    this.ports = ports;
    this.policies = policies;
    this.records = records;
    this.runs = runs;
    this.assessing = new Assessing(ports, records);
  }

  /// Throws [ApiException]: NOT_FOUND for an unknown plan, ABORTED when it changes while it is
  /// looked at, FAILED_PRECONDITION for an approval policy that this version does not take.
  ApprovalCase read(PlanName name) {
    var standing = runs.standing(name);
    var plan = ports.plans().get(name).orElseThrow(() -> ApiException.notFound(name.toString()));
    if (plan.version() != standing.planVersion()) {
      throw ApiException.aborted(
          "%s is edited at this moment (expected: version %d; read again)"
              .formatted(name, standing.planVersion()));
    }
    var policy = policies.get(name.project());
    var views = new ApprovalCase.Maker(plan, standing.settings(), records.list(name));
    if (policy.asksNobody()) {
      return views.notNeeded();
    }
    return switch (standing.planned()) {
      case Planned.Impossible(var why) -> views.notReady("the plan cannot be checked: " + why);
      case Planned.MatchesNothing(var spec) ->
          views.notReady("spec %s matches no database".formatted(spec));
      case Planned.NothingToCheck _ ->
          assessed(Case.whole(plan, List.of(), null), policy, "", views);
      case Planned.ToCheck(var config) -> {
        var run = standing.run();
        if (run == null) {
          yield views.notReady("the plan was never checked");
        }
        yield run.status().isFinal()
            ? assessed(
                Case.whole(plan, config.targets(), run), policy, config.membershipHash(), views)
            : views.notReady("the checks are not finished");
      }
    };
  }

  private ApprovalCase assessed(
      Case of, ApprovalPolicy policy, String targetsHash, ApprovalCase.Maker views) {
    var hash = policy.hash();
    var project = of.plan().name().project();
    var assessment = assessing.assess(of, policies.compiled(project, policy, hash), hash);
    var template = policy.template(assessment.risk());
    var binding = binding(of, assessment, policy, targetsHash);
    return views.assessed(binding, assessment, template);
  }

  private static ApprovalBinding binding(
      Case of, Assessment assessment, ApprovalPolicy policy, String targetsHash) {
    var run = of.run();
    return new ApprovalBinding(
        of.plan().version(),
        of.attempt(),
        ApprovedSpec.of(of.plan().specs()),
        targetsHash,
        policy.hash(),
        run == null ? "" : run.policyHash(),
        assessment.findingsDigest(),
        assessment.factsDigest(),
        assessment.risk(),
        policy.template(assessment.risk()).roles());
  }

  /// The same for some changes of a rollout that is under way. Throws [ApiException] as [#read].
  ApprovalState underWay(PlanName name, Collection<GateTask> open) {
    var policy = policies.get(name.project());
    if (policy.asksNobody()) {
      return new ApprovalState.Given();
    }
    var plan = ports.plans().get(name).orElseThrow(() -> ApiException.notFound(name.toString()));
    var run = ports.runs().get(name).orElse(null);
    if (run != null && !run.status().isFinal()) {
      return new ApprovalState.Missing("the checks are not finished");
    }
    var of = underWay(plan, run, open);
    var hash = policy.hash();
    var compiled = policies.compiled(name.project(), policy, hash);
    var assessment = assessing.assessUnderWay(of, compiled, hash);
    var progress =
        ApprovalProgress.underWay(binding(of, assessment, policy, ""), records.list(name));
    return progress.isGiven()
        ? new ApprovalState.Given(ApprovalStep.last(progress.steps()))
        : new ApprovalState.Missing(progress.words(assessment.risk()));
  }

  private Case underWay(Plan plan, @Nullable PlanCheckRun run, Collection<GateTask> open) {
    var known = new HashMap<GateTask, CheckTarget>();
    if (run != null) {
      for (var target : ports.runs().config(plan.name()).orElseThrow().targets()) {
        known.put(new GateTask(SpecTarget.of(target), target.sheet()), target);
      }
    }
    var planned = new ArrayList<CheckTarget>();
    var unchecked = new ArrayList<Unchecked>();
    for (var task : open) {
      var target = known.get(task);
      if (target != null) {
        planned.add(target);
      } else {
        unchecked.add(
            new Unchecked(
                task.place().spec(),
                task.place().target(),
                null,
                StatementKinds.OPAQUE,
                "the database was not checked"));
      }
    }
    return new Case(plan, planned, unchecked, run);
  }
}
