// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plancheck.checks.ApiException;
import dev.plancheck.checks.ApiException.Code;
import dev.plancheck.checks.plan.Authors;
import dev.plancheck.checks.plan.GroupName;
import dev.plancheck.checks.plan.Plan;
import dev.plancheck.checks.plan.PlanName;
import dev.plancheck.checks.plan.Spec;
import dev.plancheck.checks.plan.Targets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every [dev.plancheck.checks.plan.Plans] does.
public abstract class PlansContract extends StorageContract {
  private static final String SHEET = Samples.SHEET.sha256();
  private static final List<Spec> SPECS =
      List.of(
          new Spec.CreateDatabase("create", "pg", "new \"db\""),
          new Spec.ExportData("export", SHEET, Samples.databases("pg", 2)),
          Spec.ChangeDatabase.migrate("migrate", SHEET, Samples.databases("é", 3)),
          new Spec.ChangeDatabase(
              "all",
              SHEET,
              null,
              Spec.ChangeDatabase.Type.SDL,
              Targets.of(List.of()),
              true,
              true,
              new TreeMap<>(Map.of("chunk-size", "10", "max-load", ""))),
          new Spec.ChangeDatabase(
              "group",
              SHEET,
              null,
              Spec.ChangeDatabase.Type.MIGRATE,
              new Targets.Group(new GroupName("shop", "eu")),
              false,
              false,
              new TreeMap<>()),
          new Spec.ChangeDatabase(
              "release",
              null,
              "projects/shop/releases/7",
              Spec.ChangeDatabase.Type.MIGRATE,
              Targets.of(Samples.databases("pg", 1)),
              false,
              false,
              new TreeMap<>()));

  @BeforeEach
  void createProjects() {
    ports().projects().create(Samples.project("shop"));
    ports().projects().create(Samples.project("shop-2"));
    ports().sheets().put(Samples.SHEET.text());
  }

  @Test
  void keepsEveryKindOfSpec() {
    var plan = ports().plans().create("shop", "Title é \"x\"", SPECS, "users/ann");

    assertThat(plan.name()).isEqualTo(new PlanName("shop", 1));
    assertThat(plan.title()).isEqualTo("Title é \"x\"");
    assertThat(plan.specs()).isEqualTo(SPECS);
    assertThat(plan.version()).isEqualTo(1);
    assertThat(plan.createdAt()).isAfter(Instant.EPOCH).isEqualTo(plan.updatedAt());
    assertThat(ports().plans().get(plan.name())).contains(plan);
  }

  @Test
  void numbersThePlansOfEachProjectFromOne() {
    assertThat(List.of(create("shop"), create("shop-2"), create("shop"), create("shop-2")))
        .extracting(plan -> plan.name().toString())
        .containsExactly(
            "projects/shop/plans/1",
            "projects/shop-2/plans/1",
            "projects/shop/plans/2",
            "projects/shop-2/plans/2");
  }

  @Test
  void neverGivesANumberTwice() throws InterruptedException {
    var names = new ConcurrentLinkedQueue<PlanName>();
    inParallel(8, () -> names.add(create("shop").name()));

    assertThat(names)
        .extracting(PlanName::number)
        .containsExactlyInAnyOrder(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L);
  }

  @Test
  void refusesAnUnknownProject() {
    assertRefused(Code.NOT_FOUND, () -> create("none"));
    assertThat(ports().plans().get(new PlanName("none", 1))).isEmpty();
  }

  @Test
  void updatesTheVersionThatTheCallerRead() {
    var created = ports().plans().create("shop", "Old", SPECS, "users/ann");

    var updated = ports().plans().update(changed(created, "New", SPECS.subList(0, 1)), "users/bob");

    assertThat(updated.name()).isEqualTo(created.name());
    assertThat(updated.title()).isEqualTo("New");
    assertThat(updated.specs()).isEqualTo(SPECS.subList(0, 1));
    assertThat(updated.version()).isEqualTo(2);
    assertThat(updated.createdAt()).isEqualTo(created.createdAt());
    assertThat(updated.updatedAt()).isAfterOrEqualTo(created.updatedAt());
    assertThat(ports().plans().get(created.name())).contains(updated);
  }

  @Test
  void remembersEverybodyWhoEverWroteIt() {
    var created = create("shop");
    var renamed = ports().plans().update(changed(created, "New", SPECS), "users/bob");
    var again = ports().plans().update(changed(renamed, "Newer", SPECS), "users/ann");

    assertThat(created.authors())
        .isEqualTo(new Authors("users/ann", "users/ann", List.of("users/ann")));
    assertThat(renamed.authors())
        .isEqualTo(new Authors("users/ann", "users/bob", List.of("users/ann", "users/bob")));
    assertThat(again.authors())
        .isEqualTo(new Authors("users/ann", "users/ann", List.of("users/ann", "users/bob")));
    assertThat(ports().plans().get(created.name())).contains(again);
    assertThat(ports().plans().list("shop", 1, Long.MAX_VALUE)).containsExactly(again);
  }

  @Test
  void refusesToUpdateAnotherVersion() {
    var created = create("shop");
    var updated = ports().plans().update(changed(created, "New", SPECS), "users/bob");

    assertRefused(
        Code.ABORTED,
        () -> ports().plans().update(changed(created, "Lost", List.of()), "users/bob"));
    assertThat(ports().plans().get(created.name())).contains(updated);
    assertRefused(
        Code.NOT_FOUND,
        () ->
            ports()
                .plans()
                .update(
                    new Plan(new PlanName("shop", 99), "", SPECS, 1, Instant.EPOCH, Instant.EPOCH),
                    "users/bob"));
  }

  @Test
  void letsOneOfManyWritersWin() throws InterruptedException {
    var created = create("shop");
    var won = new AtomicInteger();
    var lost = new AtomicInteger();
    inParallel(
        8,
        () -> {
          try {
            ports().plans().update(changed(created, "New", SPECS), "users/bob");
            won.incrementAndGet();
          } catch (ApiException e) {
            lost.incrementAndGet();
          }
        });

    assertThat(won).hasValue(1);
    assertThat(lost).hasValue(7);
  }

  @Test
  void listsTheNewestFirstInPages() {
    for (var count = 0; count < 4; count++) {
      create("shop");
      create("shop-2");
    }

    assertThat(ports().plans().list("shop", 3, Long.MAX_VALUE))
        .extracting(Plan::name)
        .containsExactly(new PlanName("shop", 4), new PlanName("shop", 3), new PlanName("shop", 2));
    assertThat(ports().plans().list("shop", 3, 2))
        .extracting(Plan::name)
        .containsExactly(new PlanName("shop", 1));
    assertThat(ports().plans().list("shop", 3, 1)).isEmpty();
    assertThat(ports().plans().list("none", 3, Long.MAX_VALUE)).isEmpty();
  }

  private Plan create(String project) {
    return ports().plans().create(project, "A plan", SPECS, "users/ann");
  }

  private static Plan changed(Plan plan, String title, List<Spec> specs) {
    return new Plan(plan.name(), title, specs, plan.version(), plan.createdAt(), plan.updatedAt());
  }

  private static void inParallel(int count, Runnable call) throws InterruptedException {
    Parallel.run(count, _ -> call.run());
  }
}
