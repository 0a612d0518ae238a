// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.server.grpc;

import dev.plancheck.api.v1.Approval;
import dev.plancheck.api.v1.ApprovalPolicy;
import dev.plancheck.api.v1.ApprovalServiceGrpc.ApprovalServiceImplBase;
import dev.plancheck.api.v1.ApprovePlanRequest;
import dev.plancheck.api.v1.GetApprovalPolicyRequest;
import dev.plancheck.api.v1.GetApprovalRequest;
import dev.plancheck.api.v1.RejectPlanRequest;
import dev.plancheck.api.v1.RequestApprovalAgainRequest;
import dev.plancheck.api.v1.UpdateApprovalPolicyRequest;
import dev.plancheck.checks.access.Caller;
import dev.plancheck.checks.access.Role;
import dev.plancheck.checks.approval.ApprovalPolicyService;
import dev.plancheck.checks.approval.ApprovalService;
import dev.plancheck.checks.approval.Decider;
import dev.plancheck.checks.plan.PlanName;
import dev.plancheck.server.access.Callers;
import dev.plancheck.server.mapping.ApprovalFromProto;
import dev.plancheck.server.mapping.ApprovalToProto;
import dev.plancheck.server.mapping.Masks;
import dev.plancheck.server.mapping.Names;
import io.grpc.stub.StreamObserver;
import java.util.Set;

/// Approvals and approval policies over the API.
public final class ApprovalApi extends ApprovalServiceImplBase {
  private static final Set<String> CHANGEABLE = Set.of("rules", "low", "moderate", "high");

  /// The caller, as the approval of a plan of this project sees them.
  private record Deciding(Caller caller, String project) implements Decider {
    @Override
    public String user() {
      return caller.name();
    }

    @Override
    public boolean hasRole(String role) {
      return caller.hasRole(new Role(role), project);
    }
  }

  private final ApprovalService approvals;
  private final ApprovalPolicyService policies;

  public ApprovalApi(ApprovalService approvals, ApprovalPolicyService policies) {
    this.approvals = approvals;
    this.policies = policies;
  }

  @Override
  public void getApproval(GetApprovalRequest request, StreamObserver<Approval> observer) {
    Answers.answer(
        observer,
        () -> ApprovalToProto.approval(approvals.get(Names.planOfApproval(request.getName()))));
  }

  @Override
  public void approvePlan(ApprovePlanRequest request, StreamObserver<Approval> observer) {
    Answers.answer(
        observer,
        () -> {
          var plan = Names.planOfApproval(request.getName());
          return ApprovalToProto.approval(
              approvals.approve(plan, ApprovalFromProto.request(request), decider(plan)));
        });
  }

  @Override
  public void rejectPlan(RejectPlanRequest request, StreamObserver<Approval> observer) {
    Answers.answer(
        observer,
        () -> {
          var plan = Names.planOfApproval(request.getName());
          return ApprovalToProto.approval(
              approvals.reject(plan, ApprovalFromProto.request(request), decider(plan)));
        });
  }

  @Override
  public void requestApprovalAgain(
      RequestApprovalAgainRequest request, StreamObserver<Approval> observer) {
    Answers.answer(
        observer,
        () -> {
          var plan = Names.planOfApproval(request.getName());
          return ApprovalToProto.approval(
              approvals.requestAgain(plan, ApprovalFromProto.request(request), decider(plan)));
        });
  }

  @Override
  public void getApprovalPolicy(
      GetApprovalPolicyRequest request, StreamObserver<ApprovalPolicy> observer) {
    var project = Names.projectId(request.getName());
    Answers.answer(observer, () -> ApprovalToProto.policy(project, policies.get(project)));
  }

  /// Without an etag the update is for the policy as it is now; a change between reading and
  /// writing is ABORTED all the same.
  @Override
  public void updateApprovalPolicy(
      UpdateApprovalPolicyRequest request, StreamObserver<ApprovalPolicy> observer) {
    Answers.answer(
        observer,
        () -> {
          var given = request.getPolicy();
          var project = Names.projectId(given.getName());
          var current = ApprovalToProto.policy(project, policies.get(project));
          var wanted = Masks.apply(current, given, request.getUpdateMask(), CHANGEABLE);
          var expected = given.getEtag().isEmpty() ? current.getEtag() : given.getEtag();
          return ApprovalToProto.policy(
              project,
              policies.replace(
                  project, expected, ApprovalFromProto.policy(wanted), Callers.current().name()));
        });
  }

  private static Decider decider(PlanName plan) {
    return new Deciding(Callers.current(), plan.project());
  }
}
