// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.store.codec;

import dev.plancheck.api.store.ApprovalAssessment;
import dev.plancheck.api.store.ApprovalRisk;
import dev.plancheck.checks.approval.ApprovalBinding;
import dev.plancheck.checks.approval.ApprovalPolicy;
import dev.plancheck.checks.approval.ApprovalTemplate;
import dev.plancheck.checks.approval.ApprovedSpec;
import dev.plancheck.checks.approval.Assessment;
import dev.plancheck.checks.approval.Assessment.Cause;
import dev.plancheck.checks.approval.Assessment.UnknownFact;
import dev.plancheck.checks.approval.Risk;
import dev.plancheck.checks.approval.RiskRule;
import java.util.List;

/// The columns `policy`, `assessment` and `binding` of approvals.
public final class ApprovalCodec {
  private static final String POLICY = "approval policy";
  private static final String ASSESSMENT = "approval assessment";
  private static final String BINDING = "approval binding";

  /// What of a binding has columns of its own.
  public record Columns(int planVersion, int attempt, Risk risk) {}

  private ApprovalCodec() {}

  public static String toJson(ApprovalPolicy policy) {
    var stored = dev.plancheck.api.store.ApprovalPolicy.newBuilder();
    for (var rule : policy.rules()) {
      stored.addRules(
          dev.plancheck.api.store.ApprovalPolicy.Rule.newBuilder()
              .setTitle(text(rule.title()))
              .setCondition(text(rule.condition()))
              .setRisk(stored(rule.risk())));
    }
    return StoredJson.print(
        stored
            .setLow(stored(policy.low()))
            .setModerate(stored(policy.moderate()))
            .setHigh(stored(policy.high()))
            .build());
  }

  /// Throws [StoredFormatException] for what this version cannot read.
  public static ApprovalPolicy policy(String json) {
    var stored =
        StoredJson.parse(json, dev.plancheck.api.store.ApprovalPolicy.newBuilder(), POLICY);
    return new ApprovalPolicy(
        stored.getRulesList().stream()
            .map(rule ->
                new RiskRule(
                    read(rule.getTitle()), read(rule.getCondition()), read(rule.getRisk(), POLICY)))
            .toList(),
        read(stored.getLow()),
        read(stored.getModerate()),
        read(stored.getHigh()));
  }

  private static dev.plancheck.api.store.ApprovalPolicy.Template stored(ApprovalTemplate template) {
    return dev.plancheck.api.store.ApprovalPolicy.Template.newBuilder()
        .setTitle(text(template.title()))
        .addAllRoles(template.roles().stream().map(ApprovalCodec::text).toList())
        .build();
  }

  private static ApprovalTemplate read(dev.plancheck.api.store.ApprovalPolicy.Template stored) {
    return new ApprovalTemplate(read(stored.getTitle()), read(stored.getRolesList()));
  }

  public static String toJson(Assessment assessment) {
    var stored =
        ApprovalAssessment.newBuilder()
            .setRisk(stored(assessment.risk()))
            .setTargets(assessment.targets())
            .setFindingsDigest(assessment.findingsDigest())
            .setFactsDigest(assessment.factsDigest());
    for (var cause : assessment.causes()) {
      stored.addCauses(
          ApprovalAssessment.Cause.newBuilder()
              .setRisk(stored(cause.risk()))
              .setWords(text(cause.words()))
              .setTargets(cause.targets()));
    }
    for (var fact : assessment.unknown()) {
      stored.addUnknown(
          ApprovalAssessment.UnknownFact.newBuilder()
              .setFact(fact.fact())
              .setWhy(text(fact.why()))
              .setTargets(fact.targets()));
    }
    return StoredJson.print(stored.build());
  }

  /// Throws [StoredFormatException] for what this version cannot read.
  public static Assessment assessment(String json) {
    var stored = StoredJson.parse(json, ApprovalAssessment.newBuilder(), ASSESSMENT);
    return new Assessment(
        read(stored.getRisk(), ASSESSMENT),
        stored.getCausesList().stream()
            .map(cause ->
                new Cause(
                    read(cause.getRisk(), ASSESSMENT), read(cause.getWords()), cause.getTargets()))
            .toList(),
        stored.getUnknownList().stream()
            .map(fact -> new UnknownFact(fact.getFact(), read(fact.getWhy()), fact.getTargets()))
            .toList(),
        stored.getTargets(),
        stored.getFindingsDigest(),
        stored.getFactsDigest());
  }

  public static String toJson(ApprovalBinding binding) {
    var stored =
        dev.plancheck.api.store.ApprovalBinding.newBuilder()
            .setTargetsHash(binding.targetsHash())
            .setPolicyHash(binding.policyHash())
            .setReviewPolicyHash(binding.reviewPolicyHash())
            .setFindingsDigest(binding.findingsDigest())
            .setFactsDigest(binding.factsDigest())
            .addAllRoles(binding.roles().stream().map(ApprovalCodec::text).toList());
    for (var spec : binding.specs()) {
      stored.addSpecs(
          dev.plancheck.api.store.ApprovalBinding.Spec.newBuilder()
              .setId(text(spec.id()))
              .setSheetSha256(spec.sheet())
              .setOptions(text(spec.options()))
              .setFingerprint(spec.fingerprint()));
    }
    return StoredJson.print(stored.build());
  }

  /// Throws [StoredFormatException] for what this version cannot read.
  public static ApprovalBinding binding(String json, Columns columns) {
    var stored =
        StoredJson.parse(json, dev.plancheck.api.store.ApprovalBinding.newBuilder(), BINDING);
    return new ApprovalBinding(
        columns.planVersion(),
        columns.attempt(),
        stored.getSpecsList().stream()
            .map(spec ->
                new ApprovedSpec(
                    read(spec.getId()),
                    spec.getSheetSha256(),
                    read(spec.getOptions()),
                    spec.getFingerprint()))
            .toList(),
        stored.getTargetsHash(),
        stored.getPolicyHash(),
        stored.getReviewPolicyHash(),
        stored.getFindingsDigest(),
        stored.getFactsDigest(),
        columns.risk(),
        read(stored.getRolesList()));
  }

  private static ApprovalRisk stored(Risk risk) {
    return switch (risk) {
      case LOW -> ApprovalRisk.APPROVAL_RISK_LOW;
      case MODERATE -> ApprovalRisk.APPROVAL_RISK_MODERATE;
      case HIGH -> ApprovalRisk.APPROVAL_RISK_HIGH;
    };
  }

  private static Risk read(ApprovalRisk risk, String what) {
    return switch (risk) {
      case APPROVAL_RISK_LOW -> Risk.LOW;
      case APPROVAL_RISK_MODERATE -> Risk.MODERATE;
      case APPROVAL_RISK_HIGH -> Risk.HIGH;
      case APPROVAL_RISK_UNSPECIFIED, UNRECOGNIZED ->
          throw new StoredFormatException(what, "unknown risk " + risk);
    };
  }

  private static String text(String value) {
    return StoredText.escape(value);
  }

  private static String read(String stored) {
    return StoredText.unescape(stored);
  }

  private static List<String> read(List<String> stored) {
    return stored.stream().map(StoredText::unescape).toList();
  }
}
