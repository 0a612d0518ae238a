// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.planner;

import static dev.plancheck.checks.run.CheckType.GHOST_SYNC;
import static dev.plancheck.checks.run.CheckType.STATEMENT_ADVISE;
import static dev.plancheck.checks.run.CheckType.STATEMENT_SUMMARY_REPORT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plancheck.checks.plan.DatabaseName;
import dev.plancheck.checks.plan.Spec;
import dev.plancheck.checks.plan.Spec.ChangeDatabase;
import dev.plancheck.checks.plan.Targets;
import dev.plancheck.checks.planner.PlannedChecks.Checks;
import dev.plancheck.checks.planner.PlannedChecks.MatchesNothing;
import dev.plancheck.checks.planner.PlannedChecks.NotApplicable;
import dev.plancheck.checks.run.CheckTarget;
import dev.plancheck.checks.run.CheckType;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Which kind of spec is checked how, one row for each kind and each way to name databases.
final class PlannerTableTest {
  private static final List<CheckType> BOTH = List.of(STATEMENT_ADVISE, STATEMENT_SUMMARY_REPORT);
  private static final List<CheckType> ALL =
      List.of(STATEMENT_ADVISE, STATEMENT_SUMMARY_REPORT, GHOST_SYNC);

  private final PlannerRig rig = new PlannerRig();
  private final List<DatabaseName> two = rig.databases("test", 2);
  private final Targets listed = Targets.of(two);
  private final Targets group = new Targets.Group(rig.group("all", "true"));
  private final Targets nobody = new Targets.Group(rig.group("nobody", "false"));

  private record Row(String name, List<Spec> specs, Expected expected) {}

  private sealed interface Expected {
    record None() implements Expected {}

    record Nothing(String spec) implements Expected {}

    /// `targets` of these types each.
    record Some(int targets, List<CheckType> types) implements Expected {}
  }

  @TestFactory
  Stream<DynamicTest> plans() {
    return Stream.concat(notChecked(), checked())
        .map(row -> DynamicTest.dynamicTest(row.name(), () -> check(row)));
  }

  private Stream<Row> notChecked() {
    return Stream.of(
        none("an empty plan"),
        none("a new database", new Spec.CreateDatabase("a", "test", "new")),
        none(
            "several new databases",
            new Spec.CreateDatabase("a", "test", "new"),
            new Spec.CreateDatabase("b", "test", "newer")),
        none("exported data", new Spec.ExportData("a", PlannerRig.SHEET, two)),
        none("a release on listed databases", PlannerRig.release("a", listed)),
        none("a release on a group", PlannerRig.release("a", group)),
        none("a release on a group that matches nothing", PlannerRig.release("a", nobody)),
        none("a release on no database", PlannerRig.release("a", Targets.of(List.of()))),
        nothing("a change of no database", "a", change("a", Targets.of(List.of()))),
        nothing("a change of a group that matches nothing", "a", change("a", nobody)),
        nothing("the second change matches nothing", "b", change("a", listed), change("b", nobody)),
        nothing(
            "an SDL change that matches nothing",
            "a",
            PlannerRig.change("a", ChangeDatabase.Type.SDL, nobody, false)));
  }

  private Stream<Row> checked() {
    return Stream.of(
        some("a migration of listed databases", 2, BOTH, change("a", listed)),
        some("a migration of a group", 2, BOTH, change("a", group)),
        some(
            "a migration with gh-ost",
            2,
            ALL,
            PlannerRig.change("a", ChangeDatabase.Type.MIGRATE, listed, true)),
        some(
            "a migration of a group with gh-ost",
            2,
            ALL,
            PlannerRig.change("a", ChangeDatabase.Type.MIGRATE, group, true)),
        some(
            "a wanted schema",
            2,
            BOTH,
            PlannerRig.change("a", ChangeDatabase.Type.SDL, listed, false)),
        some(
            "a wanted schema never asks gh-ost",
            2,
            BOTH,
            PlannerRig.change("a", ChangeDatabase.Type.SDL, group, true)),
        some("two changes", 4, BOTH, change("a", listed), change("b", group)),
        some(
            "a change beside what is not checked",
            2,
            BOTH,
            new Spec.CreateDatabase("a", "test", "new"),
            PlannerRig.release("b", nobody),
            change("c", listed)));
  }

  private void check(Row row) {
    var planned = rig.plan(1, row.specs());
    switch (row.expected()) {
      case Expected.None _ -> assertThat(planned).isEqualTo(new NotApplicable());
      case Expected.Nothing(var spec) -> assertThat(planned).isEqualTo(new MatchesNothing(spec));
      case Expected.Some(var count, var types) -> {
        assertThat(planned).isInstanceOf(Checks.class);
        var targets = ((Checks) planned).config().targets();
        assertThat(targets).hasSize(count);
        assertThat(targets).extracting(CheckTarget::types).containsOnly(types);
        assertThat(targets).extracting(CheckTarget::sheet).containsOnly(PlannerRig.SHEET);
      }
    }
  }

  private static Spec change(String id, Targets targets) {
    return PlannerRig.change(id, targets);
  }

  private static Row none(String name, Spec... specs) {
    return new Row(name, List.of(specs), new Expected.None());
  }

  private static Row nothing(String name, String spec, Spec... specs) {
    return new Row(name, List.of(specs), new Expected.Nothing(spec));
  }

  private static Row some(String name, int targets, List<CheckType> types, Spec... specs) {
    return new Row(name, List.of(specs), new Expected.Some(targets, types));
  }
}
