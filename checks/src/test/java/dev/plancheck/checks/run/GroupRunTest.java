// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.plancheck.checks.ApiException;
import dev.plancheck.checks.ApiException.Code;
import dev.plancheck.checks.plan.DatabaseGroup;
import dev.plancheck.checks.plan.GroupName;
import dev.plancheck.checks.plan.PlanName;
import dev.plancheck.checks.plan.Spec.ChangeDatabase;
import dev.plancheck.checks.plan.Targets;
import dev.plancheck.checks.planner.PlannedChecks;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Plans of a database group, from the question to the record and beyond.
final class GroupRunTest {
  private static final GroupName GROUP = new GroupName("shop", "tenants");

  private final RerunRig rig = new RerunRig();

  @BeforeEach
  void createGroup() {
    rig.memory
        .groups()
        .create(
            new DatabaseGroup(GROUP, "Tenants", "resource.database_name.startsWith('tenant_')"));
  }

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  void checksThoseThatMatch() throws InterruptedException {
    var plan = plan();

    var run = rig.run(plan, RunScope.WHOLE);

    assertThat(run.status()).isEqualTo(RunStatus.DONE);
    assertThat(run.counts().targets()).isEqualTo(20);
    assertThat(rig.runs().staleness(plan)).isEmpty();
  }

  @Test
  void isStaleWhenADatabaseJoinsAndCurrentAgainWhenItLeft() throws InterruptedException {
    var plan = plan();
    rig.run(plan, RunScope.WHOLE);

    rig.sync(21);
    assertThat(rig.runs().staleness(plan)).containsExactly(new Staleness.MembershipChanged());
    rig.sync(20);
    assertThat(rig.runs().staleness(plan)).isEmpty();
  }

  @Test
  void isNotStaleForAnotherExpressionOfTheSameDatabases() throws InterruptedException {
    var plan = plan();
    rig.run(plan, RunScope.WHOLE);

    change("resource.instance_id == 'pg'");
    assertThat(rig.runs().staleness(plan)).isEmpty();
    change("resource.database_name != 'tenant_000'");
    assertThat(rig.runs().staleness(plan)).containsExactly(new Staleness.MembershipChanged());
  }

  @Test
  void isStaleWhenItCannotBeDecidedOrIsGone() throws InterruptedException {
    var plan = plan();
    rig.run(plan, RunScope.WHOLE);

    change("resource.labels.region == 'eu'");
    assertThat(rig.runs().staleness(plan)).containsExactly(new Staleness.MembershipChanged());
    assertRefused(plan, "cannot be decided for instances/pg/databases/tenant_0");
    rig.memory.groups().delete(GROUP);
    assertThat(rig.runs().staleness(plan)).containsExactly(new Staleness.MembershipChanged());
    assertRefused(plan, "projects/shop/databaseGroups/tenants does not exist");
  }

  @Test
  void aGroupThatMatchesNothingIsAnAnswerOfItsOwn() {
    var plan = plan();
    change("false");

    assertThat(rig.runs().plan(plan)).isEqualTo(new PlannedChecks.MatchesNothing("change"));
    assertRefused(plan, "spec change of projects/shop/plans/1 matches no database");
  }

  private void change(String expression) {
    rig.memory.groups().update(new DatabaseGroup(GROUP, "Tenants", expression));
  }

  private PlanName plan() {
    return rig.create(
        List.of(
            new ChangeDatabase(
                "change",
                rig.sheet,
                null,
                ChangeDatabase.Type.MIGRATE,
                new Targets.Group(GROUP),
                false,
                false,
                new TreeMap<>())));
  }

  private void assertRefused(PlanName plan, String words) {
    assertThatExceptionOfType(ApiException.class)
        .isThrownBy(() -> rig.runs().start(plan, RunScope.WHOLE, "ann"))
        .withMessageContaining(words)
        .satisfies(refusal -> assertThat(refusal.code()).isEqualTo(Code.FAILED_PRECONDITION));
  }
}
