// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.approval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plancheck.checks.approval.ApprovalDecision.Kind;
import dev.plancheck.checks.plan.PlanName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ApprovalProgressTest {
  private static final ApprovalBinding NOW = binding(1, 1, "sheet", "findings", Risk.MODERATE);

  private final List<ApprovalDecision> log = new ArrayList<>();

  @Test
  void asksOneRoleAfterTheOther() {
    assertThat(progress(NOW).waiting()).isEqualTo(1);
    approve("DBA", "users/kim", NOW);
    assertThat(progress(NOW).waiting()).isEqualTo(2);
    approve("OWNER", "users/lee", NOW);
    assertThat(progress(NOW).waiting()).isZero();
    assertThat(progress(NOW).hasApproved("users/lee")).isTrue();
    assertThat(progress(NOW).hasApproved("users/max")).isFalse();
    assertThat(progress(NOW).lost()).isNull();
  }

  @Test
  void holdsAcrossARunWithEqualFindingsAndNoHigherRisk() {
    approve("DBA", "users/kim", NOW);

    assertThat(progress(binding(1, 2, "sheet", "findings", Risk.MODERATE)).waiting()).isEqualTo(2);
    assertThat(progress(binding(4, 9, "sheet", "findings", Risk.LOW)).waiting()).isEqualTo(2);
  }

  @Test
  void isLostWithTheReason() {
    approve("DBA", "users/kim", NOW);

    assertLost(
        binding(2, 1, "other", "findings", Risk.MODERATE),
        "the plan was changed since it was approved (version 2, approved 1)");
    assertLost(
        binding(1, 2, "sheet", "findings", Risk.HIGH), "risk is HIGH now, approved as MODERATE");
    assertLost(
        binding(1, 2, "sheet", "others", Risk.MODERATE),
        "the findings are not those that were approved (attempt 2, approved 1)");
    assertLost(
        new ApprovalBinding(
            1, 1, NOW.specs(), "joined", "p", "r", "findings", "facts", Risk.MODERATE, NOW.roles()),
        "the plan's databases are not those that were approved");
  }

  @Test
  void oneApprovalFillsOneStep() {
    var twice = withRoles("DBA", "DBA");
    approve("DBA", "users/kim", twice);

    assertThat(progress(twice).waiting()).isEqualTo(2);
    approve("DBA", "users/lee", twice);
    assertThat(progress(twice).waiting()).isZero();
  }

  @Test
  void moreRolesThanWereAskedWaitForTheNewOnes() {
    approve("DBA", "users/kim", NOW);
    approve("OWNER", "users/lee", NOW);

    assertThat(progress(withRoles("OWNER", "DBA")).waiting()).isZero();
    assertThat(progress(withRoles("DBA")).waiting()).isZero();
    assertThat(progress(withRoles("DBA", "SECURITY", "OWNER")).waiting()).isEqualTo(2);
  }

  @Test
  void aRejectionOutlivesRunsButNoChange() {
    add(Kind.REJECTED, "DBA", "users/kim", NOW);

    assertThat(progress(NOW).rejection()).isNotNull();
    assertThat(progress(binding(2, 7, "sheet", "others", Risk.LOW)).rejection()).isNotNull();
    assertThat(progress(binding(2, 1, "other", "findings", Risk.MODERATE)).rejection()).isNull();
  }

  @Test
  void aRequestAsksEverybodyAgain() {
    approve("DBA", "users/kim", NOW);
    add(Kind.REJECTED, "OWNER", "users/lee", NOW);
    add(Kind.REQUESTED, "", "users/ann", NOW);

    assertThat(progress(NOW)).isEqualTo(progress(NOW, List.of()));
    assertThat(progress(NOW).rejection()).isNull();
    assertThat(progress(NOW).waiting()).isEqualTo(1);
  }

  @Test
  void aRolloutUnderWayNeedsNoMoreThanItHad() {
    approve("DBA", "users/kim", NOW);
    approve("OWNER", "users/lee", NOW);
    var newcomers =
        new ApprovalBinding(
            1, 5, NOW.specs(), "joined", "p", "r", "others", "f", Risk.LOW, List.of("SECURITY"));

    assertThat(underWay(newcomers).isGiven()).isTrue();
    assertThat(underWay(binding(1, 5, "sheet", "others", Risk.HIGH)).words(Risk.HIGH))
        .isEqualTo("risk is HIGH now, approved as MODERATE; waits for role DBA (step 1 of 2)");
    assertThat(underWay(binding(2, 5, "other", "findings", Risk.LOW)).isGiven()).isFalse();
  }

  @Test
  void aRolloutThatWasNotApprovedIsNotUnderWay() {
    assertThat(underWay(NOW).isGiven()).isFalse();
    approve("DBA", "users/kim", NOW);
    assertThat(underWay(NOW).isGiven()).isFalse();
    assertThat(underWay(withRoles()).isGiven()).isFalse();
    log.clear();
    assertThat(underWay(withRoles()).isGiven()).isTrue();
  }

  private ApprovalProgress underWay(ApprovalBinding now) {
    return ApprovalProgress.underWay(now, log);
  }

  private void assertLost(ApprovalBinding now, String why) {
    assertThat(progress(now).lost()).isEqualTo(why);
    assertThat(progress(now).waiting()).isEqualTo(1);
  }

  private void approve(String role, String actor, ApprovalBinding binding) {
    add(Kind.APPROVED, role, actor, binding);
  }

  private void add(Kind kind, String role, String actor, ApprovalBinding binding) {
    log.add(
        new ApprovalDecision(
            log.size() + 1L,
            new PlanName("shop", 1),
            kind,
            kind == Kind.REQUESTED ? 0 : 1,
            role,
            actor,
            "",
            binding,
            Instant.EPOCH));
  }

  private ApprovalProgress progress(ApprovalBinding now) {
    return progress(now, log);
  }

  private static ApprovalProgress progress(ApprovalBinding now, List<ApprovalDecision> log) {
    return ApprovalProgress.of(now, log);
  }

  private static ApprovalBinding withRoles(String... roles) {
    return new ApprovalBinding(
        1,
        1,
        NOW.specs(),
        "targets",
        "policy",
        "review",
        "findings",
        "facts",
        Risk.MODERATE,
        List.of(roles));
  }

  private static ApprovalBinding binding(
      int version, int attempt, String sheet, String findings, Risk risk) {
    return new ApprovalBinding(
        version,
        attempt,
        List.of(new ApprovedSpec("change", sheet, "MIGRATE", sheet)),
        "targets",
        "policy",
        "review",
        findings,
        "facts of attempt " + attempt,
        risk,
        List.of("DBA", "OWNER"));
  }
}
