// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.approval;

import static dev.plancheck.checks.approval.ApprovalRig.ANN;
import static dev.plancheck.checks.approval.ApprovalRig.KIM;
import static dev.plancheck.checks.approval.ApprovalRig.LEE;
import static dev.plancheck.checks.approval.ApprovalRig.MAX;
import static dev.plancheck.checks.approval.ApprovalRig.POLICY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.plancheck.checks.ApiException;
import dev.plancheck.checks.ApiException.Code;
import dev.plancheck.checks.approval.Approval.State;
import dev.plancheck.checks.approval.ApprovalDecision.Kind;
import dev.plancheck.checks.contract.Samples;
import dev.plancheck.checks.gate.GateAnswer;
import dev.plancheck.checks.gate.Purpose;
import dev.plancheck.checks.notice.NoticeEvent;
import dev.plancheck.checks.notice.Webhook;
import dev.plancheck.checks.plan.DatabaseName;
import dev.plancheck.checks.plan.Project;
import dev.plancheck.checks.plan.Spec;
import dev.plancheck.checks.target.Behaviour;
import dev.plancheck.checks.target.Behaviour.Obeys;
import dev.plancheck.checks.target.Behaviour.Step;
import dev.plancheck.checks.target.Behaviour.Trouble;
import dev.plancheck.checks.target.TargetException;
import java.util.List;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Who may decide when; what becomes of decisions afterwards is in [ApprovalCarryOverTest].
final class ApprovalServiceTest {
  private static final String UPDATE = "UPDATE book SET role = 'guest';";

  private final ApprovalRig rig = new ApprovalRig();

  @AfterEach
  void closeRig() {
    rig.close();
  }

  @Test
  void aProjectWithoutPolicyAsksNobody() throws InterruptedException {
    var _ =
        rig.decisions
            .approvalPolicies()
            .replace("shop", POLICY.hash(), ApprovalPolicy.NONE, "users/admin");
    var plan = rig.checked(UPDATE);

    assertThat(rig.approval(plan).state()).isEqualTo(State.NOT_NEEDED);
    assertThat(rig.mayBeRolledOut(plan)).isTrue();
    assertThat(rig.assessed).hasValue(0);
  }

  @Test
  void aRiskThatNobodyIsAskedForNeedsNobody() throws InterruptedException {
    var plan = rig.checked("CREATE TABLE fresh (id int PRIMARY KEY);");

    var approval = rig.approval(plan);
    assertThat(approval.words()).isEqualTo("nobody has to approve at risk LOW");
    assertThat(approval.assessment()).isNotNull();
    assertThat(rig.mayBeRolledOut(plan)).isTrue();
  }

  @Test
  void isNotReadyWhileTheChecksAreNot() {
    rig.script(Behaviour.FINE.with(Step.SNAPSHOT, new Trouble.Hangs(Obeys.CANCEL)));
    var plan = rig.plan(UPDATE);
    assertThat(rig.approval(plan).words()).isEqualTo("the plan was never checked");

    rig.start(plan);

    assertThat(rig.approval(plan).state()).isEqualTo(State.NOT_READY);
    assertThat(rig.approval(plan).words()).isEqualTo("the checks are not finished");
    assertRefused(Code.FAILED_PRECONDITION, "the checks are", () -> rig.approve(plan, KIM));
  }

  @Test
  void asksOneRoleAfterTheOther() throws InterruptedException {
    var plan = rig.checked(UPDATE);
    assertThat(rig.approval(plan).words()).isEqualTo("waits for role DBA (step 1 of 2)");
    assertThat(rig.mayBeRolledOut(plan)).isFalse();
    assertRefused(
        Code.PERMISSION_DENIED,
        "users/lee has not the role DBA (expected: for step 1 of 2)",
        () -> rig.approve(plan, LEE));

    rig.approve(plan, KIM);

    assertThat(rig.approval(plan).words()).isEqualTo("waits for role OWNER (step 2 of 2)");
    assertThat(rig.mayBeRolledOut(plan)).isFalse();
    assertThat(rig.approve(plan, LEE).words()).isEqualTo("approved by users/kim, users/lee");
    assertThat(rig.mayBeRolledOut(plan)).isTrue();
    assertRefused(
        Code.FAILED_PRECONDITION,
        "does not wait for an approval: approved by",
        () -> rig.approve(plan, MAX));
  }

  @Test
  void theGateNamesTheDecisionThatCompletedTheApproval() throws InterruptedException {
    var plan = rig.checked(UPDATE);
    rig.approveAll(plan);
    var last = rig.approval(plan).decisions().getLast();

    var answer = rig.decisions.gate().evaluate(plan, Purpose.ROLLOUT);
    assertThat(answer).isInstanceOf(GateAnswer.Open.class);
    assertThat(((GateAnswer.Open) answer).approval()).isEqualTo(last.id());

    var asked = rig.decisions.gate().evaluate(plan, Purpose.APPROVAL);
    assertThat(((GateAnswer.Open) asked).approval()).as("needs no approval").isNull();
  }

  @Test
  void keepsWhoSaidWhatToWhat() throws InterruptedException {
    var plan = rig.checked(UPDATE);

    var decision = rig.approve(plan, KIM).decisions().getFirst();

    assertThat(decision.kind()).isEqualTo(Kind.APPROVED);
    assertThat(decision.actor()).isEqualTo("users/kim");
    assertThat(decision.role()).isEqualTo("DBA");
    assertThat(decision.step()).isEqualTo(1);
    var binding = decision.binding();
    assertThat(binding.planVersion()).isEqualTo(1);
    assertThat(binding.attempt()).isEqualTo(1);
    assertThat(binding.risk()).isEqualTo(Risk.MODERATE);
    assertThat(binding.policyHash()).isEqualTo(POLICY.hash());
    assertThat(binding.roles()).containsExactly("DBA", "OWNER");
    assertThat(binding.specs())
        .singleElement()
        .satisfies(spec -> {
          assertThat(spec.sheet()).isEqualTo(rig.memory.sheets().put(UPDATE).sha256());
          assertThat(spec.options()).isEqualTo("MIGRATE");
        });
  }

  @Test
  void authorsDoNotApproveTheirOwnPlan() throws InterruptedException {
    var plan = rig.plan(UPDATE);
    rig.edit(plan, "Another title", rig.spec(UPDATE, 3), MAX);
    rig.check(plan);

    assertRefused(Code.PERMISSION_DENIED, "users/ann wrote", () -> rig.approve(plan, ANN));
    assertRefused(Code.PERMISSION_DENIED, "users/max wrote", () -> rig.approve(plan, MAX));
    rig.settings(Project.Settings.DEFAULT.withAllowSelfApproval(true));
    assertThat(rig.approve(plan, ANN).words()).isEqualTo("waits for role OWNER (step 2 of 2)");
  }

  @Test
  void nobodyFillsTwoSteps() throws InterruptedException {
    var plan = rig.checked(UPDATE);
    rig.approve(plan, MAX);

    assertRefused(
        Code.PERMISSION_DENIED, "users/max approved another step", () -> rig.approve(plan, MAX));
    rig.settings(Project.Settings.DEFAULT.withAllowSelfApproval(true));
    assertThat(rig.approve(plan, MAX).state()).isEqualTo(State.APPROVED);
  }

  @Test
  void ofTwoWhoDecideAtOnceTheSecondIsTold() throws InterruptedException {
    var plan = rig.checked(UPDATE);
    var read = rig.read(plan, "");
    rig.approve(plan, KIM);

    assertRefused(
        Code.ABORTED,
        "is not what was read",
        () -> rig.decisions.approvals().approve(plan, read, MAX));
  }

  @Test
  void whoReadAnotherPlanOrAnotherRunDoesNotDecide() throws InterruptedException {
    var plan = rig.checked(UPDATE);
    var read = rig.read(plan, "");
    rig.check(plan);

    assertRefused(
        Code.ABORTED, "attempt 2", () -> rig.decisions.approvals().approve(plan, read, KIM));
    var again = rig.read(plan, "");
    rig.edit(plan, "Title", rig.spec("UPDATE book SET role = 'admin';", 3), ANN);
    rig.check(plan);
    assertRefused(
        Code.ABORTED, "version 2", () -> rig.decisions.approvals().approve(plan, again, KIM));
    assertThat(rig.approval(plan).decisions()).isEmpty();
  }

  @Test
  void onlyWhatTheGateLetsThroughIsDecided() throws InterruptedException {
    rig.targets.script(
        new DatabaseName("pg", "tenant_001"),
        Behaviour.FINE.with(Step.OPEN, new Trouble.Fails(TargetException.Kind.REFUSED, "refused")));
    var plan = rig.checked(UPDATE);

    assertThat(rig.approval(plan).state()).isEqualTo(State.WAITING);
    assertRefused(Code.FAILED_PRECONDITION, "could not be performed", () -> rig.approve(plan, KIM));
  }

  @Test
  void aRejectedPlanWaitsForItsAuthor() throws InterruptedException {
    var plan = rig.checked(UPDATE);
    rig.approve(plan, KIM);
    var approvals = rig.decisions.approvals();
    assertRefused(
        Code.INVALID_ARGUMENT, "comment", () -> approvals.reject(plan, rig.read(plan, " "), LEE));
    assertRefused(
        Code.PERMISSION_DENIED, "OWNER", () -> approvals.reject(plan, rig.read(plan, "no"), KIM));

    approvals.reject(plan, rig.read(plan, "too risky"), LEE);

    assertThat(rig.approval(plan).words()).isEqualTo("rejected by users/lee: too risky");
    assertThat(rig.mayBeRolledOut(plan)).isFalse();
    assertRefused(Code.FAILED_PRECONDITION, "rejected by users/lee", () -> rig.approve(plan, MAX));
    rig.check(plan);
    assertThat(rig.approval(plan).state()).isEqualTo(State.REJECTED);
    assertRefused(
        Code.PERMISSION_DENIED,
        "users/kim is no author",
        () -> approvals.requestAgain(plan, rig.read(plan, ""), KIM));

    approvals.requestAgain(plan, rig.read(plan, "please"), ANN);

    assertThat(rig.approval(plan).words()).isEqualTo("waits for role DBA (step 1 of 2)");
    rig.approveAll(plan);
    assertThat(rig.mayBeRolledOut(plan)).isTrue();
    assertThat(rig.approval(plan).decisions())
        .extracting(ApprovalDecision::kind)
        .containsExactly(
            Kind.APPROVED, Kind.REJECTED, Kind.REQUESTED, Kind.APPROVED, Kind.APPROVED);
  }

  @Test
  void aPlanThatIsNotRejectedIsNotAskedForAgain() throws InterruptedException {
    var plan = rig.checked(UPDATE);

    assertRefused(
        Code.FAILED_PRECONDITION,
        "is not rejected",
        () -> rig.decisions.approvals().requestAgain(plan, rig.read(plan, ""), ANN));
  }

  @Test
  void whatIsNotCheckedIsDecidedAtOnce() {
    var plan = rig.create(new Spec.CreateDatabase("create", "pg", "fresh"));

    assertThat(rig.approval(plan).words()).isEqualTo("waits for role DBA (step 1 of 2)");
    assertThat(rig.approval(plan).attempt()).isZero();
    rig.approveAll(plan);
    assertThat(rig.mayBeRolledOut(plan)).isTrue();
  }

  @Test
  void resultsAreReadOnceAsLongAsNothingChanges() throws InterruptedException {
    var plan = rig.checked(UPDATE);
    rig.approveAll(plan);
    assertThat(rig.mayBeRolledOut(plan)).isTrue();
    assertThat(rig.assessed).hasValue(1);

    rig.check(plan);
    assertThat(rig.mayBeRolledOut(plan)).isTrue();
    assertThat(rig.assessed).hasValue(2);

    rig.memory.instances().update(Samples.instance("pg", "staging"));
    var _ = rig.approval(plan);
    assertThat(rig.assessed).hasValue(3);
  }

  @Test
  void aPolicyIsRefusedWithThePlaceOfWhatIsWrong() {
    var rules =
        List.of(
            new RiskRule("fine", "true", Risk.LOW),
            new RiskRule("bad", "statement.affected_rows > 'x'", Risk.LOW));
    var policy = new ApprovalPolicy(rules, POLICY.low(), POLICY.moderate(), POLICY.high());

    assertRefused(
        Code.INVALID_ARGUMENT,
        "policy.rules[1].condition: line 1, column 25: found no matching overload",
        () ->
            rig.decisions.approvalPolicies().replace("shop", POLICY.hash(), policy, "users/admin"));
    var role =
        new ApprovalPolicy(
            List.of(),
            POLICY.low(),
            new ApprovalTemplate("", List.of("DBA", "not a role")),
            POLICY.high());
    assertRefused(
        Code.INVALID_ARGUMENT,
        "policy.moderate.roles[1]: not a role",
        () -> rig.decisions.approvalPolicies().replace("shop", POLICY.hash(), role, "users/admin"));
  }

  private static void assertRefused(Code code, String words, ThrowingCallable call) {
    assertThatExceptionOfType(ApiException.class)
        .isThrownBy(call)
        .withMessageContaining(words)
        .satisfies(refusal -> assertThat(refusal.code()).isEqualTo(code));
  }

  @Test
  void tellsWhoIsAskedNext() throws InterruptedException {
    var webhook =
        new Webhook(
            "shop",
            "chat",
            "Chat",
            "https://hooks.example.com/plancheck",
            Set.of(NoticeEvent.APPROVAL_NEEDED),
            true,
            "sealed");
    var _ = rig.memory.notices().webhooks().create(webhook);
    var plan = rig.plan(UPDATE);
    rig.decisions.approvals().tellWhoIsAsked(plan);
    assertThat(told()).isZero();
    rig.check(plan);

    rig.decisions.approvals().tellWhoIsAsked(plan);
    assertThat(told()).isEqualTo(1);
    rig.approve(plan, KIM);
    assertThat(told()).isEqualTo(2);
    rig.approve(plan, LEE);
    assertThat(told()).isEqualTo(2);
  }

  private int told() {
    return rig.memory.notices().deliveries().list("shop", "chat", 100, Long.MAX_VALUE).size();
  }
}
