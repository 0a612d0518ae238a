// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.plancheck.checks.ApiException;
import dev.plancheck.checks.ApiException.Code;
import dev.plancheck.checks.contract.Samples;
import dev.plancheck.checks.memory.Memory;
import dev.plancheck.checks.plan.Spec.ChangeDatabase;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class PlanServiceTest {
  private static final DatabaseName TARGET = new DatabaseName("pg", "a");

  private final Memory memory = new Memory(InstantSource.system());
  private final PlanService plans = new PlanService(memory.ports());
  private final String sheet = Sheet.of("SELECT 1").sha256();

  @BeforeEach
  void createProject() {
    memory.projects().create(new Project("shop", "Shop", Project.Settings.DEFAULT));
    memory.sheets().put("shop", "SELECT 1");
    memory.instances().create(Samples.instance("pg", "test"));
    memory.databases().sync("pg", Set.of("a", "b"));
  }

  @Test
  void createsAndUpdatesAPlan() {
    var created = plans.create("shop", "One", List.of(change("a", sheet, null, Map.of())), "ann");
    var renamed =
        new Plan(
            created.name(),
            "Two",
            created.specs(),
            created.version(),
            created.createdAt(),
            created.updatedAt());

    assertThat(plans.update(renamed, "bob").title()).isEqualTo("Two");
    assertThat(memory.plans().get(created.name()).orElseThrow().version()).isEqualTo(2);
  }

  @Test
  void knowsEveryFlagThatMayBeSet() {
    var flags = Map.of("chunk-size", "500", "max-load", "Threads_running=25", "nice-ratio", "0.5");

    plans.create("shop", "One", List.of(change("a", sheet, null, flags)), "ann");

    assertThat(memory.plans().list("shop", 10, Long.MAX_VALUE)).hasSize(1);
  }

  @Test
  void refusesAnUnknownFlag() {
    assertRefused(
        "specs[0].ghostFlags",
        "gh-ost flag: hooks-path (expected one of: allow-on-master, ",
        change("a", sheet, null, Map.of("hooks-path", "/")));
  }

  @Test
  void refusesASheetThatDoesNotExist() {
    var missing = "0".repeat(64);

    assertRefused(
        "specs[1].sheet",
        "sheet: " + missing + " does not exist",
        change("a", sheet, null, Map.of()),
        change("b", missing, null, Map.of()));
    assertRefused(
        "specs[0].sheet",
        "sheet: " + missing + " does not exist",
        new Spec.ExportData("a", missing, List.of(TARGET)));
    assertRefused(
        "specs[0].sheet",
        "sheet: nonsense (expected: a SHA-256",
        change("a", "nonsense", null, Map.of()));
  }

  @Test
  void refusesASheetThatOnlyAnotherProjectGave() {
    memory.projects().create(new Project("other", "Other", Project.Settings.DEFAULT));
    var others = memory.sheets().put("other", "SELECT 2").sha256();

    assertRefused(
        "specs[0].sheet",
        "sheet: " + others + " does not exist in projects/shop",
        change("a", others, null, Map.of()));
    assertRefused(
        "specs[0].sheet",
        "sheet: " + others + " does not exist in projects/shop",
        new Spec.ExportData("a", others, List.of(TARGET)));
  }

  @Test
  void takesAReleaseOfTheSameProjectThatExists() {
    memory.projects().create(new Project("other", "Other", Project.Settings.DEFAULT));
    var files = List.of(new Release.File("1.sql", new ReleaseVersion("1"), sheet));
    memory.releases().create(new ReleaseName("shop", "r1"), "", files);
    memory.releases().create(new ReleaseName("other", "r2"), "", files);

    var spec = change("a", null, "projects/shop/releases/r1", Map.of());
    assertThat(plans.create("shop", "One", List.of(spec), "ann").specs()).containsExactly(spec);
    for (var wrong : List.of("projects/other/releases/r2", "projects/shop/releases/r2", "r1")) {
      assertThatExceptionOfType(ApiException.class)
          .as(wrong)
          .isThrownBy(
              () -> plans.create("shop", "Two", List.of(change("a", null, wrong, Map.of())), "ann"))
          .withMessageContaining("release: " + wrong + " does not exist")
          .satisfies(refusal -> assertThat(refusal.field()).contains("specs[0].release"));
    }
  }

  @Test
  void refusesASheetTogetherWithARelease() {
    assertRefused(
        "specs[0].sheet", "(expected: exactly one of them)", change("a", sheet, "r", Map.of()));
    assertRefused(
        "specs[0].sheet", "(expected: exactly one of them)", change("a", null, null, Map.of()));
  }

  @Test
  void refusesIdsThatAreNotUnique() {
    assertRefused(
        "specs[1].id",
        "spec id: 'a' (expected: unique in the plan)",
        change("a", sheet, null, Map.of()),
        new Spec.CreateDatabase("a", "pg", "new"));
    assertRefused("specs[0].id", "spec id: ' '", change(" ", sheet, null, Map.of()));
  }

  @Test
  void refusesADatabaseTwiceInOneSpec() {
    assertRefused(
        "specs[0].targets[2]",
        "target: instances/pg/databases/a twice",
        ChangeDatabase.migrate("a", sheet, List.of(TARGET, new DatabaseName("pg", "b"), TARGET)));
  }

  @Test
  void refusesGhostForAWantedSchema() {
    assertRefused(
        "specs[0].enableGhost",
        "enable_ghost: true (expected: false for type SDL",
        new ChangeDatabase(
            "a",
            sheet,
            null,
            ChangeDatabase.Type.SDL,
            Targets.of(List.of(TARGET)),
            false,
            true,
            new TreeMap<>()));
  }

  @Test
  void refusesAWantedSchemaBesideAnotherSpec() {
    var wanted =
        new ChangeDatabase(
            "a",
            sheet,
            null,
            ChangeDatabase.Type.SDL,
            Targets.of(List.of(TARGET)),
            false,
            false,
            new TreeMap<>());
    assertRefused(
        "specs[1].type",
        "specs[1] beside one of type SDL (expected: a spec of type SDL as the only one of its"
            + " plan)",
        wanted,
        ChangeDatabase.migrate("b", sheet, List.of(TARGET)));
  }

  @Test
  void refusesAWantedSchemaFromARelease() {
    assertRefused(
        "specs[0].release",
        "release: projects/shop/releases/one with type SDL",
        new ChangeDatabase(
            "a",
            null,
            "projects/shop/releases/one",
            ChangeDatabase.Type.SDL,
            Targets.of(List.of(TARGET)),
            false,
            false,
            new TreeMap<>()));
  }

  @Test
  void refusesDatabasesAndInstancesThatDoNotExist() {
    assertRefused(
        "specs[0].targets[1]",
        "target: instances/pg/databases/c does not exist",
        ChangeDatabase.migrate("a", sheet, List.of(TARGET, new DatabaseName("pg", "c"))));
    assertRefused(
        "specs[0].targets[0]",
        "target: instances/gone/databases/a does not exist",
        new Spec.ExportData("a", sheet, List.of(new DatabaseName("gone", "a"))));
    assertRefused(
        "specs[0].instance",
        "instance: instances/gone does not exist",
        new Spec.CreateDatabase("a", "gone", "new"));
  }

  @Test
  void takesAGroupOfTheSameProjectThatExists() {
    memory.projects().create(new Project("other", "Other", Project.Settings.DEFAULT));
    for (var project : List.of("shop", "other")) {
      memory.groups().create(new DatabaseGroup(new GroupName(project, "eu"), "", "true"));
    }

    assertRefused(
        "specs[0].targets[0]",
        "target: projects/other/databaseGroups/eu (expected: a group of projects/shop)",
        ofGroup(new GroupName("other", "eu")));
    assertRefused(
        "specs[0].targets[0]",
        "target: projects/shop/databaseGroups/us does not exist",
        ofGroup(new GroupName("shop", "us")));
    var group = ofGroup(new GroupName("shop", "eu"));
    assertThat(plans.create("shop", "One", List.of(group), "ann").specs()).containsExactly(group);
  }

  @Test
  void takesAChangeThatNamesNoDatabaseYet() {
    var specs = List.<Spec>of(ChangeDatabase.migrate("a", sheet, List.of()));

    assertThat(plans.create("shop", "One", specs, "ann").specs()).isEqualTo(specs);
  }

  @Test
  void refusesSpecsOfSeveralKinds() {
    assertRefused(
        "specs[1]",
        "specs[1]: create database, specs[0]: change database (expected: specs of one kind",
        change("a", sheet, null, Map.of()),
        new Spec.CreateDatabase("b", "pg", "new"));
  }

  @Test
  void refusesAReleaseBesideAnything() {
    var release = change("a", null, "projects/shop/releases/1", Map.of());
    assertRefused(
        "specs[1].release", "beside a release", release, change("b", sheet, null, Map.of()));
    assertRefused(
        "specs[1].release", "beside a release", change("b", sheet, null, Map.of()), release);
  }

  @Test
  void aTitleCanBeChangedThoughADatabaseIsGone() {
    var created = plans.create("shop", "One", List.of(change("a", sheet, null, Map.of())), "ann");
    memory.databases().sync("pg", Set.of("b"));

    assertThat(plans.update(with(created, "Two", created.specs()), "ann").title()).isEqualTo("Two");
    var other = List.<Spec>of(change("other", sheet, null, Map.of()));
    assertThatExceptionOfType(ApiException.class)
        .isThrownBy(() -> plans.update(with(created, "Three", other), "ann"))
        .withMessageContaining("target: instances/pg/databases/a does not exist");
  }

  private ChangeDatabase ofGroup(GroupName group) {
    return new ChangeDatabase(
        "a",
        sheet,
        null,
        ChangeDatabase.Type.MIGRATE,
        new Targets.Group(group),
        false,
        false,
        new TreeMap<>());
  }

  /// As a caller would write it who read the newest version.
  private Plan with(Plan plan, String title, List<Spec> specs) {
    var stored = memory.plans().get(plan.name()).orElseThrow();
    return new Plan(
        plan.name(), title, specs, stored.version(), plan.createdAt(), plan.updatedAt());
  }

  @Test
  void refusesAnUpdateAsItRefusesACreation() {
    var created = plans.create("shop", "One", List.of(), "ann");
    var broken =
        new Plan(
            created.name(),
            "Two",
            List.of(change("a", null, null, Map.of())),
            created.version(),
            created.createdAt(),
            created.updatedAt());

    assertThatExceptionOfType(ApiException.class).isThrownBy(() -> plans.update(broken, "bob"));
    assertThat(memory.plans().get(created.name())).contains(created);
  }

  private void assertRefused(String field, String message, Spec... specs) {
    assertThatExceptionOfType(ApiException.class)
        .isThrownBy(() -> plans.create("shop", "One", List.of(specs), "ann"))
        .withMessageContaining(message)
        .satisfies(refusal -> {
          assertThat(refusal.code()).isEqualTo(Code.INVALID_ARGUMENT);
          assertThat(refusal.field()).contains(field);
        });
    assertThat(memory.plans().list("shop", 10, Long.MAX_VALUE)).isEmpty();
  }

  private static Spec change(
      String id, @Nullable String sheet, @Nullable String release, Map<String, String> flags) {
    return new ChangeDatabase(
        id,
        sheet,
        release,
        ChangeDatabase.Type.MIGRATE,
        Targets.of(List.of(TARGET)),
        false,
        true,
        new TreeMap<>(flags));
  }
}
