// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plancheck.checks.plan.PlanName;
import dev.plancheck.checks.run.PlanCheckRun;
import dev.plancheck.checks.run.Result;
import dev.plancheck.checks.run.RunCounts;
import dev.plancheck.checks.run.RunStatus;
import dev.plancheck.checks.run.Runs;
import dev.plancheck.checks.run.Runs.Query;
import dev.plancheck.engine.review.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// What every [Runs] gives back: configs, results, lists, and changes to those who watch.
public abstract class RunsReadingContract extends StorageContract {
  @Test
  void givesBackEveryFieldOfTheConfig() {
    var plan = plan("shop");
    runs().enqueue(plan, Samples.everyField());

    assertThat(runs().config(plan)).contains(Samples.everyField());
  }

  @Test
  void givesBackAnyFlatListOfResults() {
    var plan = plan("shop");
    for (var seed = 0; seed < 50; seed++) {
      var results = RandomResults.of(seed, seed * 3);
      end(plan, RunStatus.DONE, new RunCounts(1, 1, 1, 1, 0, 0, 0), results);

      assertThat(runs().results(plan)).as("results of seed %d", seed).isEqualTo(results);
    }
  }

  @Test
  void givesBackAnEmptyListOfResults() {
    var plan = plan("shop");
    end(plan, RunStatus.DONE, RunCounts.planned(0, 0), List.of());

    assertThat(runs().results(plan)).isEmpty();
  }

  @Test
  void listsByIdInPages() {
    var created = new ArrayList<PlanCheckRun>();
    for (var count = 0; count < 5; count++) {
      created.add(runs().enqueue(plan("shop"), Samples.config(1)));
    }

    var first = runs().list(Query.first(2));
    var second = runs().list(Query.first(9).withAfterId(first.getLast().id()));

    assertThat(first).isEqualTo(created.subList(0, 2));
    assertThat(second).isEqualTo(created.subList(2, 5));
    assertThat(created).extracting(PlanCheckRun::id).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void listsByProjectPlanAndId() {
    var a = runs().enqueue(plan("shop"), Samples.config(1));
    var b = runs().enqueue(plan("shop"), Samples.config(1));
    var c = runs().enqueue(plan("crm"), Samples.config(1));

    assertThat(runs().list(Query.first(10))).containsExactly(a, b, c);
    assertThat(runs().list(Query.first(10).withProject("shop"))).containsExactly(a, b);
    assertThat(runs().list(Query.first(10).withProject("none"))).isEmpty();
    assertThat(runs().list(Query.first(10).withPlans(Set.of(b.plan(), c.plan()))))
        .containsExactly(b, c);
    assertThat(runs().list(Query.first(10).withIds(Set.of(a.id(), c.id(), 999_999L))))
        .containsExactly(a, c);
    assertThat(runs().list(Query.first(10).withProject("shop").withIds(Set.of(c.id())))).isEmpty();
  }

  @Test
  void listsByStatus() {
    var queued = runs().enqueue(plan("shop"), Samples.config(1));
    var running = plan("shop");
    claim(running);
    var failed = plan("shop");
    end(failed, RunStatus.FAILED, RunCounts.planned(1, 1), List.of());
    var canceled = plan("shop");
    runs().enqueue(canceled, Samples.config(1));
    runs().cancel(canceled, 1);

    assertThat(plansOf(Query.first(10).withStatuses(Set.of(RunStatus.QUEUED))))
        .containsExactly(queued.plan());
    assertThat(plansOf(Query.first(10).withStatuses(Set.of(RunStatus.RUNNING, RunStatus.CANCELED))))
        .containsExactly(running, canceled);
    assertThat(plansOf(Query.first(10).withStatuses(Set.of(RunStatus.DONE)))).isEmpty();
    assertThat(plansOf(Query.first(10).withStatuses(Set.of(RunStatus.FAILED))))
        .containsExactly(failed);
  }

  @Test
  void listsByTheStatusOfTheResults() {
    var success = ended(new RunCounts(1, 1, 1, 2, 0, 0, 0));
    var warning = ended(new RunCounts(1, 1, 1, 1, 1, 0, 0));
    var error = ended(new RunCounts(1, 1, 1, 0, 0, 1, 0));
    var notPerformed = ended(new RunCounts(1, 1, 1, 0, 0, 0, 1));
    runs().enqueue(plan("shop"), Samples.config(1));

    assertThat(plansOf(Query.first(10).withResultStatuses(Set.of(Status.SUCCESS))))
        .containsExactly(success, warning);
    assertThat(plansOf(Query.first(10).withResultStatuses(Set.of(Status.WARNING))))
        .containsExactly(warning);
    assertThat(plansOf(Query.first(10).withResultStatuses(Set.of(Status.ERROR))))
        .containsExactly(error, notPerformed);
    assertThat(plansOf(Query.first(10).withResultStatuses(Set.of(Status.WARNING, Status.ERROR))))
        .containsExactly(warning, error, notPerformed);
    assertThat(
            plansOf(
                Query.first(10)
                    .withResultStatuses(Set.of(Status.ERROR))
                    .withStatuses(Set.of(RunStatus.FAILED))))
        .isEmpty();
  }

  @Test
  void tellsWatchersOfEveryStepUntilTheLast() throws InterruptedException {
    var plan = plan("shop");
    var other = plan("shop");
    var seen = new LinkedBlockingQueue<PlanCheckRun>();
    try (var _ = runs().watch(plan, seen::add)) {
      runs().enqueue(plan, Samples.config(1));
      assertThat(await(seen, RunStatus.QUEUED)).isEqualTo(runs().get(plan).orElseThrow());
      claim(other);
      var claim = runs().claim(runs().get(plan).orElseThrow().id(), 1).orElseThrow();
      await(seen, RunStatus.RUNNING);
      runs().progress(claim, new RunCounts(1, 1, 1, 1, 0, 0, 0));
      assertThat(await(seen, RunStatus.RUNNING).counts().done()).isEqualTo(1);
      runs().finish(claim, RunStatus.DONE, new RunCounts(1, 1, 1, 2, 0, 0, 0), List.of(), "");
      assertThat(await(seen, RunStatus.DONE)).isEqualTo(runs().get(plan).orElseThrow());
    }

    assertThat(seen).allSatisfy(run -> assertThat(run.plan()).isEqualTo(plan));
  }

  @Test
  void tellsWatchersOfACancel() throws InterruptedException {
    var plan = plan("shop");
    claim(plan);
    var seen = new LinkedBlockingQueue<PlanCheckRun>();
    try (var _ = runs().watch(plan, seen::add)) {
      runs().cancel(plan, 1);

      assertThat(await(seen, RunStatus.CANCELED)).isEqualTo(runs().get(plan).orElseThrow());
    }
  }

  @Test
  void tellsNothingToAWatcherThatLeft() throws InterruptedException {
    var plan = plan("shop");
    var left = new LinkedBlockingQueue<PlanCheckRun>();
    var stayed = new LinkedBlockingQueue<PlanCheckRun>();
    runs().watch(plan, left::add).close();
    try (var _ = runs().watch(plan, stayed::add)) {
      runs().enqueue(plan, Samples.config(1));
      await(stayed, RunStatus.QUEUED);
    }

    assertThat(left).isEmpty();
  }

  @Test
  void tellsOthersThoughOneWatcherFails() throws InterruptedException {
    var plan = plan("shop");
    var seen = new LinkedBlockingQueue<PlanCheckRun>();
    var blocked = new LinkedBlockingQueue<PlanCheckRun>();
    try (var _ = runs().watch(plan, _ -> forever(blocked));
        var _ = runs().watch(plan, seen::add)) {
      runs().enqueue(plan, Samples.config(1));
      await(seen, RunStatus.QUEUED);
      runs().cancel(plan, 1);

      assertThat(await(seen, RunStatus.CANCELED).status()).isEqualTo(RunStatus.CANCELED);
    }
  }

  private static void forever(LinkedBlockingQueue<PlanCheckRun> nothing) {
    try {
      nothing.take();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// The next change with that status; earlier ones are dropped.
  private static PlanCheckRun await(LinkedBlockingQueue<PlanCheckRun> seen, RunStatus wanted)
      throws InterruptedException {
    while (true) {
      var run = seen.poll(10, TimeUnit.SECONDS);
      assertThat(run).as("a change to %s within 10 s", wanted).isNotNull();
      if (run != null && run.status() == wanted) {
        return run;
      }
    }
  }

  private Runs runs() {
    return ports().runs();
  }

  private PlanName plan(String project) {
    return Samples.plan(ports(), project, 1).name();
  }

  private Runs.Claim claim(PlanName plan) {
    var run = runs().enqueue(plan, Samples.config(1));
    return runs().claim(run.id(), run.attempt()).orElseThrow();
  }

  private PlanName ended(RunCounts counts) {
    var plan = plan("shop");
    end(plan, RunStatus.DONE, counts, List.of());
    return plan;
  }

  private void end(PlanName plan, RunStatus status, RunCounts counts, List<Result> results) {
    var claim = claim(plan);
    assertThat(runs().finish(claim, status, counts, results, "")).isTrue();
  }

  private List<PlanName> plansOf(Query query) {
    return runs().list(query).stream().map(PlanCheckRun::plan).toList();
  }
}
