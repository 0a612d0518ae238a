// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plancheck.checks.contract.RunStory;
import dev.plancheck.checks.contract.Samples;
import dev.plancheck.checks.contract.StoragePorts;
import dev.plancheck.checks.legacy.LegacyFilter;
import dev.plancheck.checks.legacy.LegacyRun;
import dev.plancheck.checks.legacy.LegacyRunService;
import dev.plancheck.checks.legacy.LegacyRunService.Cursor;
import dev.plancheck.checks.legacy.LegacyStatus;
import dev.plancheck.checks.plan.DatabaseName;
import dev.plancheck.checks.plan.PlanName;
import dev.plancheck.checks.plan.Project;
import dev.plancheck.checks.plan.Spec.ChangeDatabase;
import dev.plancheck.checks.plan.Targets;
import dev.plancheck.checks.planner.PlannedChecks;
import dev.plancheck.checks.run.RunOrder;
import dev.plancheck.checks.run.RunService;
import dev.plancheck.engine.review.Status;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Old clients of a plan with more checks than a page holds, on a real database.
@Timeout(120)
final class LegacyLargePlanTest {
  private static final int DATABASES = 1_500;
  private static final String CHANGE = "ALTER TABLE book ADD COLUMN isbn text;";

  @SuppressWarnings("NullAway") // Set before each test.
  private StoragePorts ports;

  @SuppressWarnings("NullAway") // Set before each test.
  private LegacyRunService service;

  @SuppressWarnings("NullAway") // Set before each test.
  private PlanName plan;

  @BeforeEach
  void checkAPlan() throws Exception {
    ports = MetadataCluster.newest().emptyPorts();
    var all = MetadataCluster.newest().storage().ports(QueueSettings.DEFAULT);
    var runs =
        new RunService(
            all, new RunService.Standard("policy", "rules", DATABASES), InstantSource.system());
    service = new LegacyRunService(all, runs);
    ports.projects().create(new Project("shop", "Shop", Project.Settings.DEFAULT));
    ports.instances().create(Samples.instance("pg", "production"));
    var names = Samples.databases("pg", DATABASES);
    var _ =
        ports
            .databases()
            .sync("pg", names.stream().map(DatabaseName::database).collect(Collectors.toSet()));
    plan = ports.plans().create("shop", "A column", List.of(spec(names)), "users/ann").name();
    if (!(runs.plan(plan) instanceof PlannedChecks.Checks(var config))) {
      throw new AssertionError("there is nothing to check");
    }
    var story = new RunStory(ports);
    var run = ports.runs().enqueue(plan, RunOrder.whole(config, DATABASES, "users/ann"));
    story.complete(story.claim(run, 0), config, Status.WARNING);
  }

  private ChangeDatabase spec(List<DatabaseName> targets) {
    return new ChangeDatabase(
        "change",
        ports.sheets().put(CHANGE).sha256(),
        null,
        ChangeDatabase.Type.MIGRATE,
        Targets.of(targets),
        false,
        true,
        new TreeMap<>());
  }

  @Test
  void pagesHoldEveryRunOnce() {
    var seen = new HashSet<Long>();
    Cursor cursor = null;
    do {
      var page = service.page(plan, LegacyFilter.ALL, 1_000, cursor);
      assertThat(page.runs()).hasSizeBetween(1, 1_000);
      page.runs().forEach(run -> assertThat(seen.add(run.uid())).isTrue());
      cursor = page.next();
    } while (cursor != null);

    assertThat(seen).hasSize(3 * DATABASES);
  }

  @Test
  void allAreInOneAnswerByUid() {
    var all = service.all(plan, LegacyFilter.ALL);

    assertThat(all).hasSize(3 * DATABASES);
    assertThat(all).extracting(LegacyRun::uid).isSorted();
    assertThat(all).extracting(LegacyRun::status).containsOnly(LegacyStatus.DONE);
    assertThat(service.get(plan, all.getLast().uid())).isEqualTo(all.getLast());
  }
}
