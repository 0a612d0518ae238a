// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.approval;

import static dev.plancheck.checks.approval.ApprovalRig.ANN;
import static dev.plancheck.checks.approval.ApprovalRig.POLICY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plancheck.checks.approval.Approval.State;
import dev.plancheck.checks.contract.Samples;
import dev.plancheck.checks.declarative.Difference;
import dev.plancheck.checks.gate.GateReason;
import dev.plancheck.checks.gate.GateTask;
import dev.plancheck.checks.plan.PlanName;
import dev.plancheck.checks.plan.Spec.ChangeDatabase;
import dev.plancheck.checks.run.SpecTarget;
import dev.plancheck.checks.target.Behaviour;
import dev.plancheck.engine.schema.SizeBand;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What an approval is bound to, and what it survives.
final class ApprovalCarryOverTest {
  private static final String GUEST = "UPDATE book SET role = 'guest';";
  private static final String ADMIN = "UPDATE book SET role = 'admin';";

  private final ApprovalRig rig = new ApprovalRig();

  @AfterEach
  void closeRig() {
    rig.close();
  }

  @Test
  void anotherValueIsAskedForAgainThoughFactsAndFindingsAreTheSame() throws InterruptedException {
    var plan = approved();
    var before = rig.approval(plan).assessment();

    rig.edit(plan, "A plan", rig.spec(ADMIN, 3), ANN);
    assertThat(rig.mayBeRolledOut(plan)).isFalse();
    assertThat(rig.approval(plan).state()).isNotEqualTo(State.APPROVED);
    rig.check(plan);

    assertThat(rig.approval(plan).assessment())
        .usingRecursiveComparison()
        .ignoringFields("findingsDigest", "factsDigest")
        .isEqualTo(before);
    assertThat(rig.approval(plan).words())
        .isEqualTo(
            "the plan was changed since it was approved (version 2, approved 1); waits for role"
                + " DBA (step 1 of 2)");
    assertThat(rig.mayBeRolledOut(plan)).isFalse();
    rig.approveAll(plan);
    assertThat(rig.mayBeRolledOut(plan)).isTrue();
  }

  @Test
  void anotherComputedDifferenceIsAskedForAgain() throws InterruptedException {
    var database = Samples.databases("pg", 1).getFirst();
    rig.differences.script(
        database,
        new Difference.Computed("ALTER TABLE public.book ALTER COLUMN a SET DEFAULT 1;\n"));
    var migration = (ChangeDatabase) rig.spec("CREATE TABLE book (a int);", 1);
    var plan =
        rig.create(
            new ChangeDatabase(
                migration.id(),
                migration.sheet(),
                null,
                ChangeDatabase.Type.SDL,
                migration.targets(),
                false,
                false,
                migration.ghostFlags()));
    rig.check(plan);
    rig.approveAll(plan);
    rig.check(plan);
    assertThat(rig.mayBeRolledOut(plan)).as("the same once more").isTrue();

    rig.differences.script(
        database,
        new Difference.Computed("ALTER TABLE public.book ALTER COLUMN a SET DEFAULT 2;\n"));

    assertAskedAgain(plan, "the findings are not those that were approved (attempt 3, approved 1)");
  }

  @Test
  void anotherTitleChangesNothing() throws InterruptedException {
    var plan = approved();

    rig.edit(plan, "Another title", rig.spec(GUEST, 3), ANN);
    assertThat(rig.approval(plan).state()).isEqualTo(State.APPROVED);
    assertThat(rig.mayBeRolledOut(plan)).as("the run is stale").isFalse();
    rig.check(plan);

    assertThat(rig.mayBeRolledOut(plan)).isTrue();
  }

  @Test
  void anotherDatabaseOrOptionIsAskedForAgain() throws InterruptedException {
    var plan = approved();
    rig.edit(plan, "A plan", rig.spec(GUEST, 4), ANN);
    assertAskedAgain(plan, "the plan was changed since it was approved (version 2, approved 1)");

    var second = approved();
    var spec = (ChangeDatabase) rig.spec(GUEST, 3);
    rig.edit(
        second,
        "A plan",
        new ChangeDatabase(
            spec.id(),
            spec.sheet(),
            null,
            spec.type(),
            spec.targets(),
            true,
            false,
            spec.ghostFlags()),
        ANN);
    assertAskedAgain(second, "the plan was changed since it was approved (version 2, approved 1)");
  }

  @Test
  void anEqualRunKeepsIt() throws InterruptedException {
    var plan = approved();

    rig.check(plan);

    assertThat(rig.approval(plan).attempt()).isEqualTo(2);
    assertThat(rig.approval(plan).words()).isEqualTo("approved by users/kim, users/lee");
    assertThat(rig.mayBeRolledOut(plan)).isTrue();
  }

  @Test
  void aRunWithOtherNumbersAndNoHigherRiskKeepsIt() throws InterruptedException {
    var plan = approved();

    rig.script(Behaviour.FINE.withRows(900));
    rig.check(plan);

    assertThat(rig.mayBeRolledOut(plan)).isTrue();
  }

  @Test
  void newFindingsAreAskedForAgain() throws InterruptedException {
    var plan = approved();

    rig.script(Behaviour.FINE.with(Behaviour.schemaOf("other", SizeBand.NORMAL)));

    assertAskedAgain(plan, "the findings are not those that were approved (attempt 2, approved 1)");
  }

  @Test
  void aHigherRiskIsAskedForAgain() throws InterruptedException {
    var plan = approved();

    rig.script(Behaviour.FINE.withRows(5000));
    rig.check(plan);

    assertThat(rig.approval(plan).words())
        .isEqualTo("risk is HIGH now, approved as MODERATE; waits for role DBA (step 1 of 1)");
    assertThat(rig.mayBeRolledOut(plan)).isFalse();
  }

  @Test
  void aStricterPolicyAsksThoseWhoWereNotAsked() throws InterruptedException {
    var plan = approved();
    var stricter =
        new ApprovalPolicy(
            POLICY.rules(),
            POLICY.low(),
            new ApprovalTemplate("Three", List.of("DBA", "OWNER", "SECURITY")),
            POLICY.high());

    var _ =
        rig.decisions.approvalPolicies().replace("shop", POLICY.hash(), stricter, "users/admin");

    assertThat(rig.approval(plan).words()).isEqualTo("waits for role SECURITY (step 3 of 3)");
    assertThat(rig.mayBeRolledOut(plan)).isFalse();
  }

  @Test
  void aRolloutUnderWayKeepsItThoughItsOtherDatabasesAreNotChecked() throws InterruptedException {
    var plan = approved();
    var sheet = rig.memory.sheets().put(GUEST).sha256();
    var tasks =
        Samples.databases("pg", 2).stream()
            .map(name -> new GateTask(new SpecTarget("change", name), sheet))
            .toList();

    rig.script(Behaviour.FINE.with(Behaviour.schemaOf("other", SizeBand.NORMAL)));
    rig.check(plan);
    assertThat(rig.decisions.gate().evaluateTasks(plan, tasks).all()).isEmpty();

    rig.script(Behaviour.FINE.withRows(5000));
    rig.check(plan);
    assertThat(rig.decisions.gate().evaluateTasks(plan, tasks).all())
        .extracting(GateReason::words)
        .containsExactly(
            "risk is HIGH now, approved as MODERATE; waits for role DBA (step 1 of 1)");
  }

  private PlanName approved() throws InterruptedException {
    var plan = rig.checked(GUEST);
    rig.approveAll(plan);
    assertThat(rig.mayBeRolledOut(plan)).isTrue();
    return plan;
  }

  private void assertAskedAgain(PlanName plan, String why) throws InterruptedException {
    rig.check(plan);
    assertThat(rig.approval(plan).words()).isEqualTo(why + "; waits for role DBA (step 1 of 2)");
    assertThat(rig.mayBeRolledOut(plan)).isFalse();
  }
}
