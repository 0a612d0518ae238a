// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.approval;

import dev.plancheck.checks.ApiException;
import dev.plancheck.checks.CheckPorts;
import dev.plancheck.checks.approval.Assessing.Case;
import dev.plancheck.checks.plan.PlanName;
import dev.plancheck.checks.run.RunService;
import dev.plancheck.checks.run.Standing.Planned;
import java.util.List;

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
      case Planned.NothingToCheck _ -> assessed(new Case(plan, List.of(), null), policy, "", views);
      case Planned.ToCheck(var config) -> {
        var run = standing.run();
        if (run == null) {
          yield views.notReady("the plan was never checked");
        }
        yield run.status().isFinal()
            ? assessed(
                new Case(plan, config.targets(), run), policy, config.membershipHash(), views)
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
    var run = of.run();
    var binding =
        new ApprovalBinding(
            of.plan().version(),
            of.attempt(),
            ApprovedSpec.of(of.plan().specs()),
            targetsHash,
            hash,
            run == null ? "" : run.policyHash(),
            assessment.findingsDigest(),
            assessment.factsDigest(),
            assessment.risk(),
            template.roles());
    return views.assessed(binding, assessment, template);
  }
}
