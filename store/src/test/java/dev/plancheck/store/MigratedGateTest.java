// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.store;

import static dev.plancheck.store.LegacyRow.OK;
import static dev.plancheck.store.LegacyRow.advise;
import static dev.plancheck.store.LegacyRow.summary;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.plancheck.checks.ApiException;
import dev.plancheck.checks.contract.Samples;
import dev.plancheck.checks.gate.ApprovalState;
import dev.plancheck.checks.gate.Gate;
import dev.plancheck.checks.gate.GateReason;
import dev.plancheck.checks.gate.Purpose;
import dev.plancheck.checks.plan.PlanName;
import dev.plancheck.checks.run.RunScope;
import dev.plancheck.checks.run.RunService;
import dev.plancheck.checks.run.RunService.Standard;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What the one gate says of plans whose rows were migrated.
final class MigratedGateTest {
  private static final PlanName PLAN = new PlanName("legacy", 1);
  private static final LegacyPlan WELL =
      LegacyPlan.open("all is well", 2, advise("a", OK), summary("a", OK));

  @Test
  void isShutUntilThePlanIsRunAgain() throws SQLException {
    try (var rig = new Rig(WELL)) {
      assertThat(rig.reasons()).containsExactly("checked before the migration, run again");
    }
  }

  @Test
  void isOpenWhileSomebodyVouchesForTheResults() throws SQLException {
    try (var rig = new Rig(WELL)) {
      rig.trust("1 hour");
      assertThat(rig.reasons()).isEmpty();

      rig.trust("-1 second");
      assertThat(rig.reasons()).containsExactly("checked before the migration, run again");
    }
  }

  @Test
  void nobodyVouchesForAnErrorOrForWhatIsMissing() throws SQLException {
    try (var rig =
        new Rig(LegacyPlan.open("", 0, advise("a", AwkwardPlans.ERROR), summary("a", OK)))) {
      rig.trust("1 hour");
      assertThat(rig.reasons())
          .containsExactly("1 result is an error (expected: none, as the project asks)");
    }
    try (var rig = new Rig(LegacyPlan.open("", 0, advise("a", OK), summary("a", "{}")))) {
      rig.trust("1 hour");
      assertThat(rig.reasons()).containsExactly("1 check could not be performed");
    }
  }

  @Test
  void nobodyVouchesForChecksThatThePlanHasButNoRowMade() throws SQLException {
    try (var rig = new Rig(LegacyPlan.open("", 0, advise("a", OK)))) {
      rig.trust("1 hour");
      assertThat(rig.reasons())
          .containsExactly("the plan's databases are not those that were checked");
    }
  }

  @Test
  void isShutForDatabasesThatAreNotRegistered() throws SQLException {
    try (var rig = new Rig(LegacyPlan.open("", 0, advise("c", OK), summary("c", OK)))) {
      rig.trust("1 hour");
      assertThat(rig.reasons()).singleElement().asString().startsWith("the plan cannot be checked");
    }
  }

  @Test
  void isShutForAPlanOfWhichNothingCouldBeRead() throws SQLException {
    try (var rig = new Rig(LegacyPlan.open("", 0, advise("a", OK).with("{}")))) {
      rig.trust("1 hour");
      assertThat(rig.reasons()).containsExactly("spec legacy matches no database");
    }
  }

  @Test
  void noPartOfAMigratedRunIsKeptByAnother() throws SQLException {
    try (var rig = new Rig(WELL)) {
      rig.trust("1 hour");
      assertThatExceptionOfType(ApiException.class)
          .isThrownBy(() -> rig.runs.start(PLAN, RunScope.FAILED, "users/kim"))
          .withMessageContaining("checked before the migration");
    }
  }

  /// A storage with one migrated plan, and the databases a and b of the instance that rows name.
  private static final class Rig implements AutoCloseable {
    private final StorageConfig database;
    private final Storage storage;
    final RunService runs;
    private final Gate gate;

    Rig(LegacyPlan plan) throws SQLException {
      database = RowsPerCheck.database(List.of(plan));
      storage = Storage.open(database);
      storage.instances().create(Samples.instance("prod", "production"));
      var _ = storage.databases().sync("prod", Set.of("a", "b"));
      runs =
          new RunService(
              storage.ports(QueueSettings.DEFAULT),
              new Standard("policy", "rules", 100),
              InstantSource.system());
      gate =
          new Gate(
              runs,
              storage.runs(),
              storage.decisions(QueueSettings.DEFAULT).overrides(),
              (_, _) -> new ApprovalState.Given(),
              InstantSource.system());
    }

    void trust(String from) throws SQLException {
      MetadataCluster.execute(
          database,
          "update plancheck.plan_check_run set trusted_until = now() + interval '%s'"
              .formatted(from));
    }

    List<String> reasons() {
      return gate.evaluate(PLAN, Purpose.ROLLOUT).reasons().stream()
          .map(GateReason::words)
          .toList();
    }

    @Override
    public void close() {
      storage.close();
    }
  }
}
