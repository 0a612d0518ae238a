// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.contract;

import static dev.plancheck.checks.contract.RunStory.checked;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plancheck.checks.plan.PlanName;
import dev.plancheck.checks.run.PlanCheckRun;
import dev.plancheck.checks.run.Result;
import dev.plancheck.checks.run.RunStatus;
import dev.plancheck.checks.run.Runs;
import dev.plancheck.checks.run.Runs.Query;
import dev.plancheck.checks.run.Shards.Claim;
import dev.plancheck.engine.review.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What every [Runs] gives back: configs, results, lists, and changes to those who watch.
public abstract class RunsReadingContract extends StorageContract {
  @Test
  void givesBackEveryFieldOfTheConfig() {
    var plan = plan("shop");
    story().enqueue(plan, Samples.everyField(), 1_000);

    assertThat(runs().config(plan)).contains(Samples.everyField());
  }

  @Test
  void givesBackAnyFlatListOfResults() {
    var plan = plan("shop");
    for (var seed = 0; seed < 50; seed++) {
      var results = RandomResults.about(Samples.config(1).targets().getFirst(), seed, seed * 3);
      story().done(plan, Samples.config(1), results);

      assertThat(runs().results(plan)).as("results of seed %d", seed).isEqualTo(results);
    }
  }

  @Test
  void readsFromAnyResultOnAndNoFurtherThanIsWanted() {
    var plan = Samples.plan(ports(), "shop", 10).name();
    story().done(plan, Samples.config(10), Status.WARNING);
    var all = runs().results(plan);

    for (var skip = 0; skip < 20; skip++) {
      var from = Math.min(skip, all.size());
      var some = new ArrayList<Result>();
      runs()
          .read(
              plan,
              skip,
              found -> {
                some.add(found.result());
                return some.size() < 3;
              });
      assertThat(some).isEqualTo(all.subList(from, Math.min(from + 3, all.size())));
    }
  }

  @Test
  void listsByIdInPages() {
    var created = new ArrayList<PlanCheckRun>();
    for (var count = 0; count < 5; count++) {
      created.add(enqueue(plan("shop")));
    }

    var first = runs().list(Query.first(2));
    var second = runs().list(Query.first(9).withAfterId(first.getLast().id()));

    assertThat(first).isEqualTo(created.subList(0, 2));
    assertThat(second).isEqualTo(created.subList(2, 5));
    assertThat(created).extracting(PlanCheckRun::id).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void listsByProjectPlanAndId() {
    var a = enqueue(plan("shop"));
    var b = enqueue(plan("shop"));
    var c = enqueue(plan("crm"));

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
    var queued = enqueue(plan("shop"));
    var running = plan("shop");
    claim(running);
    var failed = plan("shop");
    ports().shards().fail(claim(failed), "why");
    var canceled = plan("shop");
    enqueue(canceled);
    runs().cancel(canceled, 1, "");

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
    var success = ended(Status.SUCCESS);
    var warning = ended(Status.SUCCESS, Status.WARNING);
    var error = ended(Status.ERROR);
    var notPerformed = ended(new Status[] {null});
    enqueue(plan("shop"));

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
      enqueue(plan);
      assertThat(await(seen, RunStatus.QUEUED)).isEqualTo(runs().get(plan).orElseThrow());
      claim(other);
      var claim = story().claim(runs().get(plan).orElseThrow(), 0);
      await(seen, RunStatus.RUNNING);
      ports().shards().append(claim, List.of(checked(Samples.config(1), 0, Status.SUCCESS)));
      assertThat(await(seen, RunStatus.RUNNING).counts().done()).isEqualTo(1);
      ports().shards().complete(claim);
      ports().settle().run();
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
      runs().cancel(plan, 1, "");

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
      enqueue(plan);
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
      enqueue(plan);
      await(seen, RunStatus.QUEUED);
      runs().cancel(plan, 1, "");

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

  private RunStory story() {
    return new RunStory(ports());
  }

  private PlanCheckRun enqueue(PlanName plan) {
    return story().enqueue(plan, Samples.config(1), 1_000);
  }

  private Claim claim(PlanName plan) {
    return story().claim(enqueue(plan), 0);
  }

  /// A plan whose one target has a result of each status; null is not performed.
  private PlanName ended(@Nullable Status... statuses) {
    var plan = plan("shop");
    var config = Samples.config(1);
    var results = new ArrayList<Result>();
    for (var status : statuses) {
      results.add(checked(config, 0, status).results().getFirst());
    }
    story().done(plan, config, results);
    return plan;
  }

  private List<PlanName> plansOf(Query query) {
    return runs().list(query).stream().map(PlanCheckRun::plan).toList();
  }
}
