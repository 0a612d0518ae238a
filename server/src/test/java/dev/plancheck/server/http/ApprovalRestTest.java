// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import dev.plancheck.api.v1.Approval;
import dev.plancheck.api.v1.Approval.Decision;
import dev.plancheck.api.v1.Approval.State;
import dev.plancheck.api.v1.ApprovalPolicy;
import dev.plancheck.api.v1.GateEvaluation;
import dev.plancheck.api.v1.Plan;
import dev.plancheck.api.v1.Risk;
import dev.plancheck.checks.contract.Samples;
import dev.plancheck.checks.plan.PlanName;
import dev.plancheck.checks.plan.Project;
import dev.plancheck.checks.run.RunScope;
import dev.plancheck.checks.target.ScriptedTargets;
import dev.plancheck.engine.review.Policy;
import java.net.http.HttpResponse;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Approvals and their policies as a client sees them.
@Timeout(60)
final class ApprovalRestTest {
  private static final String POLICY = "/v1/projects/shop/approvalPolicy";
  private static final String RULES =
      """
      {"rules": [
        {"title": "many rows", "condition": "statement.affected_rows > 1000", "risk": "HIGH"}],
       "moderate": {"title": "A DBA", "roles": ["DBA"]},
       "high": {"title": "Two", "roles": ["DBA", "PROJECT_OWNER"]}}
      """;

  private final ScriptedTargets targets = new ScriptedTargets();
  private final MemoryServer server =
      MemoryServer.over(targets, Policy.of(List.of()), InstantSource.system());

  @BeforeEach
  void createProject() {
    server
        .memory
        .projects()
        .create(new Project("shop", "Shop", Project.Settings.DEFAULT.withAllowSelfApproval(true)));
    server.memory.instances().create(Samples.instance("pg", "production"));
    var names = new HashSet<String>();
    Samples.databases("pg", 3).forEach(name -> names.add(name.database()));
    server.memory.databases().sync("pg", names);
  }

  @AfterEach
  void stop() {
    targets.release();
    server.close();
  }

  @Test
  void aProjectAsksForNothingUntilSomebodyWritesItDown() throws InterruptedException {
    var none = read(server.get(POLICY), ApprovalPolicy.getDefaultInstance());
    assertThat(none.getName()).isEqualTo("projects/shop/approvalPolicy");
    assertThat(none.getRulesList()).isEmpty();
    assertThat(none.getEtag()).isNotEmpty();
    var plan = checked("UPDATE book SET id = 1;");
    assertThat(approval(plan).getState()).isEqualTo(State.NOT_NEEDED);

    var written = read(server.patch(POLICY, RULES), ApprovalPolicy.getDefaultInstance());

    assertThat(written.getRules(0).getRisk()).isEqualTo(Risk.HIGH);
    assertThat(written.getHigh().getRolesList()).containsExactly("DBA", "PROJECT_OWNER");
    assertThat(written.getEtag()).isNotEqualTo(none.getEtag());
    assertThat(read(server.get(POLICY), ApprovalPolicy.getDefaultInstance())).isEqualTo(written);
    assertThat(approval(plan).getState()).isEqualTo(State.WAITING);
  }

  @Test
  void aConditionIsRefusedWithItsPlace() {
    assertRefused(
        server.patch(
            POLICY,
            "{\"rules\":[{\"title\":\"x\",\"risk\":\"LOW\",\"condition\":\"statement.affected_rows"
                + " > 'x'\"}]}"),
        400,
        "policy.rules[0].condition: line 1, column 25: found no matching overload");
    assertRefused(
        server.patch(POLICY, "{\"low\":{\"roles\":[\"dba\"]}}"), 400, "policy.low.roles[0]");
    assertRefused(
        server.patch(POLICY, "{\"rules\":[{\"title\":\"x\",\"condition\":\"true\"}]}"),
        400,
        "policy.rules[0].risk");
    assertRefused(server.get("/v1/projects/none/approvalPolicy"), 404, "projects/none");
  }

  @Test
  void ofTwoWhoWriteThePolicyTheSecondIsTold() {
    var etag = read(server.get(POLICY), ApprovalPolicy.getDefaultInstance()).getEtag();
    server.patch(POLICY, RULES);

    assertRefused(
        server.patch(
            POLICY, "{\"rules\":[],\"low\":{\"title\":\"x\"},\"etag\":\"%s\"}".formatted(etag)),
        409,
        "read it again");
  }

  @Test
  void aPlanIsApprovedByWhoReadIt() throws InterruptedException {
    server.patch(POLICY, RULES);
    var plan = checked("UPDATE book SET id = 1;");

    var waiting = approval(plan);
    assertThat(waiting.getName()).isEqualTo(plan + "/approval");
    assertThat(waiting.getRisk()).isEqualTo(Risk.MODERATE);
    assertThat(waiting.getMessage()).isEqualTo("waits for role DBA (step 1 of 1)");
    assertThat(waiting.getCauses(0).getMessage()).isEqualTo("UPDATE, which no rule covers");
    assertThat(waiting.getCauses(0).getTargetCount()).isEqualTo(3);
    assertThat(waiting.getTemplateTitle()).isEqualTo("A DBA");
    assertThat(waiting.getSteps(0).hasDecision()).isFalse();
    assertThat(gate(plan).getReasons(0).getMessage()).isEqualTo(waiting.getMessage());

    var approved = read(decide(waiting, "approve", "fine"), Approval.getDefaultInstance());

    assertThat(approved.getState()).isEqualTo(State.APPROVED);
    assertThat(approved.getSteps(0).getDecision().getComment()).isEqualTo("fine");
    assertThat(approved.getDecisionsList())
        .singleElement()
        .satisfies(decision -> {
          assertThat(decision.getKind()).isEqualTo(Decision.Kind.APPROVED);
          assertThat(decision.getActor()).isEqualTo("users/local");
          assertThat(decision.getRisk()).isEqualTo(Risk.MODERATE);
          assertThat(decision.hasCreateTime()).isTrue();
        });
    assertThat(gate(plan).getState()).isEqualTo(GateEvaluation.State.OPEN);
    assertRefused(decide(waiting, "approve", "late"), 409, "is not what was read");
  }

  @Test
  void aPlanIsRejectedAndAskedForAgain() throws InterruptedException {
    server.patch(POLICY, RULES);
    var plan = checked("DELETE FROM book;");
    assertRefused(decide(approval(plan), "reject", ""), 400, "comment");

    var rejected =
        read(decide(approval(plan), "reject", "not on Friday"), Approval.getDefaultInstance());
    assertThat(rejected.getState()).isEqualTo(State.REJECTED);
    assertThat(rejected.getMessage()).isEqualTo("rejected by users/local: not on Friday");
    assertRefused(decide(rejected, "approve", ""), 400, "does not wait for an approval");

    var again =
        read(decide(rejected, "requestAgain", "it is Monday"), Approval.getDefaultInstance());

    assertThat(again.getState()).isEqualTo(State.WAITING);
    assertThat(again.getDecisionsList())
        .extracting(Decision::getKind)
        .containsExactly(Decision.Kind.REJECTED, Decision.Kind.REQUESTED);
  }

  @Test
  void whatIsNotCheckedYetIsNotReady() {
    server.patch(POLICY, RULES);
    var plan = plan("UPDATE book SET id = 1;");

    assertThat(approval(plan).getState()).isEqualTo(State.NOT_READY);
    assertThat(approval(plan).getMessage()).isEqualTo("the plan was never checked");
    assertRefused(server.get("/v1/projects/shop/plans/99/approval"), 404, "plans/99");
  }

  private HttpResponse<String> decide(Approval read, String verb, String comment) {
    return server.post(
        "/v1/%s:%s".formatted(read.getName(), verb),
        "{\"planVersion\":%d,\"attempt\":%d,\"digest\":\"%s\",\"comment\":\"%s\"}"
            .formatted(read.getPlanVersion(), read.getAttempt(), read.getDigest(), comment));
  }

  private PlanName checked(String sql) throws InterruptedException {
    var plan = plan(sql);
    var run = server.checks().runs().start(plan, RunScope.WHOLE, "users/ann");
    var _ = server.checks().runs().await(run);
    return plan;
  }

  private PlanName plan(String sql) {
    var sheet = server.post("/v1/projects/shop/sheets", "{\"content\":\"%s\"}".formatted(sql));
    var name = read(sheet, dev.plancheck.api.v1.Sheet.getDefaultInstance()).getName();
    var names = Samples.databases("pg", 3).stream().map("\"%s\""::formatted).toList();
    var body =
        """
        {"title": "A plan", "specs": [
          {"id": "change", "changeDatabaseConfig": {"sheet": "%s", "targets": [%s]}}]}
        """
            .formatted(name, String.join(",", names));
    return PlanName.parse(
        read(server.post("/v1/projects/shop/plans", body), Plan.getDefaultInstance()).getName());
  }

  private Approval approval(PlanName plan) {
    return read(server.get("/v1/%s/approval".formatted(plan)), Approval.getDefaultInstance());
  }

  private GateEvaluation gate(PlanName plan) {
    return read(
        server.get("/v1/%s:evaluateGate".formatted(plan)), GateEvaluation.getDefaultInstance());
  }

  private static void assertRefused(HttpResponse<String> answer, int status, String words) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.body()).contains(words);
  }

  @SuppressWarnings("unchecked") // A builder builds what it came from.
  private static <T extends Message> T read(HttpResponse<String> answer, T form) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    try {
      var builder = form.newBuilderForType();
      JsonFormat.parser().merge(answer.body(), builder);
      return (T) builder.build();
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(answer.body(), e);
    }
  }
}
