// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.server.mapping;

import dev.plancheck.api.v1.ApprovePlanRequest;
import dev.plancheck.api.v1.RejectPlanRequest;
import dev.plancheck.api.v1.RequestApprovalAgainRequest;
import dev.plancheck.checks.approval.ApprovalPolicy;
import dev.plancheck.checks.approval.ApprovalRequest;
import dev.plancheck.checks.approval.ApprovalTemplate;
import dev.plancheck.checks.approval.Risk;
import dev.plancheck.checks.approval.RiskRule;
import java.util.ArrayList;
import java.util.List;

/// From what people say about approvals to records.
public final class ApprovalFromProto {
  private ApprovalFromProto() {}

  public static ApprovalRequest request(ApprovePlanRequest request) {
    return new ApprovalRequest(
        request.getPlanVersion(),
        request.getAttempt(),
        request.getDigest(),
        Text.check("comment", request.getComment()));
  }

  public static ApprovalRequest request(RejectPlanRequest request) {
    return new ApprovalRequest(
        request.getPlanVersion(),
        request.getAttempt(),
        request.getDigest(),
        Text.check("comment", request.getComment()));
  }

  public static ApprovalRequest request(RequestApprovalAgainRequest request) {
    return new ApprovalRequest(
        request.getPlanVersion(),
        request.getAttempt(),
        request.getDigest(),
        Text.check("comment", request.getComment()));
  }

  public static ApprovalPolicy policy(dev.plancheck.api.v1.ApprovalPolicy message) {
    List<RiskRule> rules = new ArrayList<>();
    for (var index = 0; index < message.getRulesCount(); index++) {
      var field = "policy.rules[%d]".formatted(index);
      var rule = message.getRules(index);
      rules.add(
          new RiskRule(
              Text.check(field + ".title", rule.getTitle()),
              Text.check(field + ".condition", rule.getCondition()),
              risk(rule.getRisk())));
    }
    return new ApprovalPolicy(
        rules,
        template("low", message.getLow()),
        template("moderate", message.getModerate()),
        template("high", message.getHigh()));
  }

  private static ApprovalTemplate template(
      String risk, dev.plancheck.api.v1.ApprovalPolicy.Template message) {
    return new ApprovalTemplate(
        Text.check("policy.%s.title".formatted(risk), message.getTitle()), message.getRolesList());
  }

  private static Risk risk(dev.plancheck.api.v1.Risk risk) {
    return switch (risk) {
      case LOW -> Risk.LOW;
      case MODERATE -> Risk.MODERATE;
      case HIGH -> Risk.HIGH;
      case RISK_UNSPECIFIED, UNRECOGNIZED -> throw Unrecognized.of("risk");
    };
  }
}
