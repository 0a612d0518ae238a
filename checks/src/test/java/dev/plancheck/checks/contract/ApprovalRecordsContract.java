// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plancheck.checks.ApiException;
import dev.plancheck.checks.ApiException.Code;
import dev.plancheck.checks.approval.ApprovalBinding;
import dev.plancheck.checks.approval.ApprovalDecision;
import dev.plancheck.checks.approval.ApprovalDecision.Kind;
import dev.plancheck.checks.approval.ApprovedSpec;
import dev.plancheck.checks.approval.Assessment;
import dev.plancheck.checks.approval.Assessment.Cause;
import dev.plancheck.checks.approval.Assessment.UnknownFact;
import dev.plancheck.checks.approval.Risk;
import dev.plancheck.checks.plan.PlanName;
import dev.plancheck.checks.run.RunOrder;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// What every [dev.plancheck.checks.approval.ApprovalRecords] does.
public abstract class ApprovalRecordsContract extends StorageContract {
  private static final Assessment ASSESSMENT =
      new Assessment(
          Risk.HIGH,
          List.of(new Cause(Risk.HIGH, "rule \"é \0\"", 3), new Cause(Risk.LOW, "INSERT", 1)),
          List.of(new UnknownFact("statement.affected_rows", "why \\ not", 2)),
          4,
          "findings",
          "facts");

  @Test
  void keepsEveryDecisionInItsOrder() {
    var plan = Samples.plan(ports(), "shop", 2).name();
    var before = Instant.now().minusSeconds(60);

    var approved = ports().approvals().add(decision(plan, Kind.APPROVED, 1, 0), 0);
    var rejected = ports().approvals().add(decision(plan, Kind.REJECTED, 2, 0), approved.id());
    var requested = ports().approvals().add(decision(plan, Kind.REQUESTED, 0, 0), rejected.id());

    assertThat(ports().approvals().list(plan)).containsExactly(approved, rejected, requested);
    assertThat(approved.at()).isAfter(before);
    assertThat(approved)
        .usingRecursiveComparison()
        .ignoringFields("id", "at")
        .isEqualTo(decision(plan, Kind.APPROVED, 1, 0));
    assertThat(rejected.id()).isGreaterThan(approved.id());
    assertThat(ports().approvals().list(Samples.plan(ports(), "shop", 2).name())).isEmpty();
  }

  @Test
  void letsOneOfManyDecide() throws InterruptedException {
    var plan = Samples.plan(ports(), "shop", 2).name();
    var won = new AtomicInteger();
    Parallel.run(
        8,
        _ -> {
          try {
            var _ = ports().approvals().add(decision(plan, Kind.APPROVED, 1, 0), 0);
            won.incrementAndGet();
          } catch (ApiException e) {
            assertThat(e.code()).isEqualTo(Code.ABORTED);
          }
        });

    assertThat(won).hasValue(1);
    assertThat(ports().approvals().list(plan)).hasSize(1);
  }

  @Test
  void refusesAPlanThatWasEditedOrCheckedMeanwhile() {
    var plan = Samples.plan(ports(), "shop", 2);
    var name = plan.name();
    var run = ports().runs().enqueue(name, RunOrder.whole(Samples.config(2), 10, "users/kim"));

    assertRefused(
        Code.ABORTED,
        () -> ports().approvals().add(decision(name, Kind.APPROVED, 1, run.attempt() + 1), 0));
    var _ = ports().plans().update(plan, "users/ann");
    assertRefused(
        Code.ABORTED,
        () -> ports().approvals().add(decision(name, Kind.APPROVED, 1, run.attempt()), 0));
    assertThat(ports().approvals().list(name)).isEmpty();
  }

  @Test
  void refusesAPlanThatDoesNotExist() {
    var nobody = new PlanName("shop", 9);

    assertRefused(
        Code.NOT_FOUND, () -> ports().approvals().add(decision(nobody, Kind.APPROVED, 1, 0), 0));
    assertRefused(Code.NOT_FOUND, () -> ports().approvals().keep(nobody, "key", ASSESSMENT));
  }

  @Test
  void keepsTheLastAssessmentUnderItsKey() {
    var plan = Samples.plan(ports(), "shop", 2).name();
    assertThat(ports().approvals().assessment(plan, "first")).isEmpty();

    ports().approvals().keep(plan, "first", ASSESSMENT);
    assertThat(ports().approvals().assessment(plan, "first")).contains(ASSESSMENT);
    assertThat(ports().approvals().assessment(plan, "second")).isEmpty();

    ports().approvals().keep(plan, "second", ASSESSMENT);
    assertThat(ports().approvals().assessment(plan, "first")).isEmpty();
    assertThat(ports().approvals().assessment(plan, "second")).contains(ASSESSMENT);
  }

  private static ApprovalDecision decision(PlanName plan, Kind kind, int step, int attempt) {
    return new ApprovalDecision(
        0,
        plan,
        kind,
        step,
        step == 0 ? "" : "DBA",
        "users/kim",
        "fine é \0",
        new ApprovalBinding(
            1,
            attempt,
            List.of(
                new ApprovedSpec("change", "a".repeat(64), "MIGRATE, gh-ost, x=é", "f"),
                new ApprovedSpec("create", "", "CREATE DATABASE \"\0\" on instances/pg", "g")),
            "targets",
            "policy",
            "review",
            "findings",
            "facts",
            Risk.MODERATE,
            List.of("DBA", "OWNER")),
        Instant.EPOCH);
  }
}
