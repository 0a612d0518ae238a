// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.plancheck.checks.ApiException;
import dev.plancheck.checks.ApiException.Code;
import dev.plancheck.checks.memory.Memory;
import dev.plancheck.checks.plan.Spec.ChangeDatabase;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class PlanServiceTest {
  private static final DatabaseName TARGET = new DatabaseName("pg", "a");

  private final Memory memory = new Memory(InstantSource.system());
  private final PlanService plans = new PlanService(memory.plans(), memory.sheets());
  private final String sheet = memory.sheets().put("SELECT 1").sha256();

  @BeforeEach
  void createProject() {
    memory.projects().create(new Project("shop", "Shop", Project.Settings.DEFAULT));
  }

  @Test
  void createsAndUpdatesAPlan() {
    var created = plans.create("shop", "One", List.of(change("a", sheet, null, Map.of())));
    var renamed =
        new Plan(
            created.name(),
            "Two",
            created.specs(),
            created.version(),
            created.createdAt(),
            created.updatedAt());

    assertThat(plans.update(renamed).title()).isEqualTo("Two");
    assertThat(memory.plans().get(created.name()).orElseThrow().version()).isEqualTo(2);
  }

  @Test
  void knowsEveryFlagThatMayBeSet() {
    var flags = Map.of("chunk-size", "500", "max-load", "Threads_running=25", "nice-ratio", "0.5");

    plans.create("shop", "One", List.of(change("a", sheet, null, flags)));

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
        new Spec.ExportData("b", missing, List.of(TARGET)));
    assertRefused(
        "specs[0].sheet",
        "sheet: nonsense (expected: a SHA-256",
        change("a", "nonsense", null, Map.of()));
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
  void refusesAnUpdateAsItRefusesACreation() {
    var created = plans.create("shop", "One", List.of());
    var broken =
        new Plan(
            created.name(),
            "Two",
            List.of(change("a", null, null, Map.of())),
            created.version(),
            created.createdAt(),
            created.updatedAt());

    assertThatExceptionOfType(ApiException.class).isThrownBy(() -> plans.update(broken));
    assertThat(memory.plans().get(created.name())).contains(created);
  }

  private void assertRefused(String field, String message, Spec... specs) {
    assertThatExceptionOfType(ApiException.class)
        .isThrownBy(() -> plans.create("shop", "One", List.of(specs)))
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
        List.of(TARGET),
        false,
        true,
        new TreeMap<>(flags));
  }
}
