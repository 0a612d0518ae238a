// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.server.mapping;

import dev.plancheck.api.v1.Approval.Decision;
import dev.plancheck.api.v1.Approval.State;
import dev.plancheck.checks.approval.Approval;
import dev.plancheck.checks.approval.ApprovalDecision;
import dev.plancheck.checks.approval.ApprovalPolicy;
import dev.plancheck.checks.approval.ApprovalStep;
import dev.plancheck.checks.approval.ApprovalTemplate;
import dev.plancheck.checks.approval.Assessment;
import dev.plancheck.checks.approval.Risk;

/// From approvals and what they follow from to messages.
public final class ApprovalToProto {
  private ApprovalToProto() {}

  public static dev.plancheck.api.v1.Approval approval(Approval approval) {
    var message =
        dev.plancheck.api.v1.Approval.newBuilder()
            .setName(Names.approval(approval.plan()))
            .setState(state(approval.state()))
            .setMessage(approval.words())
            .setPlanVersion(approval.planVersion())
            .setAttempt(approval.attempt())
            .setDigest(approval.digest())
            .setTemplateTitle(approval.template().title())
            .addAllSteps(approval.steps().stream().map(ApprovalToProto::step).toList())
            .addAllDecisions(approval.decisions().stream().map(ApprovalToProto::decision).toList());
    var assessment = approval.assessment();
    if (assessment != null) {
      message
          .setRisk(risk(assessment.risk()))
          .setTargetCount(assessment.targets())
          .addAllCauses(assessment.causes().stream().map(ApprovalToProto::cause).toList())
          .addAllUnknownFacts(assessment.unknown().stream().map(ApprovalToProto::unknown).toList());
    }
    return message.build();
  }

  private static dev.plancheck.api.v1.Approval.Cause cause(Assessment.Cause cause) {
    return dev.plancheck.api.v1.Approval.Cause.newBuilder()
        .setRisk(risk(cause.risk()))
        .setMessage(cause.words())
        .setTargetCount(cause.targets())
        .build();
  }

  private static dev.plancheck.api.v1.Approval.UnknownFact unknown(Assessment.UnknownFact fact) {
    return dev.plancheck.api.v1.Approval.UnknownFact.newBuilder()
        .setFact(fact.fact())
        .setMessage(fact.why())
        .setTargetCount(fact.targets())
        .build();
  }

  private static dev.plancheck.api.v1.Approval.Step step(ApprovalStep step) {
    var message = dev.plancheck.api.v1.Approval.Step.newBuilder().setRole(step.role());
    var decision = step.decision();
    return decision == null ? message.build() : message.setDecision(decision(decision)).build();
  }

  private static Decision decision(ApprovalDecision decision) {
    return Decision.newBuilder()
        .setKind(kind(decision.kind()))
        .setStep(decision.step())
        .setRole(decision.role())
        .setActor(decision.actor())
        .setComment(decision.comment())
        .setPlanVersion(decision.binding().planVersion())
        .setAttempt(decision.binding().attempt())
        .setRisk(risk(decision.binding().risk()))
        .setCreateTime(ToProto.time(decision.at()))
        .build();
  }

  public static dev.plancheck.api.v1.ApprovalPolicy policy(String project, ApprovalPolicy policy) {
    var message =
        dev.plancheck.api.v1.ApprovalPolicy.newBuilder()
            .setName(Names.approvalPolicy(project))
            .setLow(template(policy.low()))
            .setModerate(template(policy.moderate()))
            .setHigh(template(policy.high()))
            .setEtag(policy.hash());
    for (var rule : policy.rules()) {
      message.addRules(
          dev.plancheck.api.v1.ApprovalPolicy.Rule.newBuilder()
              .setTitle(rule.title())
              .setCondition(rule.condition())
              .setRisk(risk(rule.risk())));
    }
    return message.build();
  }

  private static dev.plancheck.api.v1.ApprovalPolicy.Template template(ApprovalTemplate template) {
    return dev.plancheck.api.v1.ApprovalPolicy.Template.newBuilder()
        .setTitle(template.title())
        .addAllRoles(template.roles())
        .build();
  }

  private static State state(Approval.State state) {
    return switch (state) {
      case NOT_NEEDED -> State.NOT_NEEDED;
      case NOT_READY -> State.NOT_READY;
      case WAITING -> State.WAITING;
      case APPROVED -> State.APPROVED;
      case REJECTED -> State.REJECTED;
    };
  }

  private static Decision.Kind kind(ApprovalDecision.Kind kind) {
    return switch (kind) {
      case APPROVED -> Decision.Kind.APPROVED;
      case REJECTED -> Decision.Kind.REJECTED;
      case REQUESTED -> Decision.Kind.REQUESTED;
    };
  }

  private static dev.plancheck.api.v1.Risk risk(Risk risk) {
    return switch (risk) {
      case LOW -> dev.plancheck.api.v1.Risk.LOW;
      case MODERATE -> dev.plancheck.api.v1.Risk.MODERATE;
      case HIGH -> dev.plancheck.api.v1.Risk.HIGH;
    };
  }
}
