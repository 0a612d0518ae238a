// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.contract;

import static dev.plancheck.checks.contract.RolloutStory.APPLIED;
import static dev.plancheck.checks.contract.RolloutStory.FAILED;
import static dev.plancheck.checks.contract.RolloutStory.draft;
import static dev.plancheck.checks.contract.RolloutStory.item;
import static dev.plancheck.checks.contract.RolloutStory.items;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plancheck.checks.ApiException;
import dev.plancheck.checks.ApiException.Code;
import dev.plancheck.checks.plan.DatabaseName;
import dev.plancheck.checks.plan.Plan;
import dev.plancheck.checks.rollout.FailurePolicy;
import dev.plancheck.checks.rollout.Rollout;
import dev.plancheck.checks.rollout.Rollout.Status;
import dev.plancheck.checks.rollout.RolloutDraft;
import dev.plancheck.checks.rollout.RolloutOptions;
import dev.plancheck.checks.rollout.Rollouts;
import dev.plancheck.checks.rollout.Stage;
import dev.plancheck.checks.rollout.Task;
import dev.plancheck.checks.rollout.TaskItem;
import dev.plancheck.checks.rollout.TaskKey;
import dev.plancheck.checks.rollout.TaskQuery;
import dev.plancheck.checks.rollout.TaskState;
import dev.plancheck.checks.run.RunOrder;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every [Rollouts] does.
public abstract class RolloutsContract extends StorageContract {
  private static final DatabaseName FIRST = new DatabaseName("pg", "tenant_000");
  private static final DatabaseName ODD = new DatabaseName("pg-é", "odd/name \"quoted\" 'x' ü 😀");

  private RolloutStory story;

  @BeforeEach
  void begin() {
    story = new RolloutStory(ports());
  }

  private Rollouts rollouts() {
    return story.rollouts();
  }

  @Test
  void keepsTheManifestInItsOrder() {
    var plan = Samples.plan(ports(), "shop", 2);
    var items =
        List.of(
            new TaskItem(1, "späte", ODD, Samples.SHEET.sha256(), true), item(0, "change", FIRST));
    var options = new RolloutOptions(FailurePolicy.CONTINUE, 3, true);

    var rollout = rollouts().create(draft(plan, options, items));

    assertThat(story.all(rollout)).extracting(Task::item).containsExactlyElementsOf(items);
    assertThat(story.all(rollout)).extracting(task -> task.key().number()).containsExactly(1, 2);
    assertThat(story.all(rollout)).extracting(Task::state).containsOnly(TaskState.PENDING);
    assertThat(rollout.stages())
        .extracting(Stage::environment)
        .containsExactly("stage-0", "stage-1");
    assertThat(rollout.options()).isEqualTo(options);
    assertThat(rollout.status()).isEqualTo(Status.ACTIVE);
    assertThat(rollout.actor()).isEqualTo("users/ann");
    assertThat(rollouts().latest(plan.name())).contains(rollout);
    assertThat(rollouts().live(10, 0)).containsExactly(rollout);
    assertThat(rollouts().live(10, rollout.id())).isEmpty();
  }

  @Test
  void namesNoTwoTasksAlike() {
    var first = story.create(3);
    var second = story.create(3);

    var names = story.all(first).stream().map(Task::name).toList();
    assertThat(names).doesNotHaveDuplicates().allMatch(name -> name.length() <= 200);
    assertThat(story.all(second)).extracting(Task::name).doesNotContainAnyElementsOf(names);
  }

  @Test
  void refusesAPlanOrRunThatIsNotWhatTheGateSaw() {
    var plan = Samples.plan(ports(), "shop", 2);
    var run = ports().runs().enqueue(plan.name(), RunOrder.whole(Samples.config(2), 10, "ann"));

    assertRefused(Code.ABORTED, () -> rollouts().create(seen(whole(plan), 2, 0)));
    assertRefused(Code.ABORTED, () -> rollouts().create(seen(whole(plan), 1, run.attempt() + 1)));
    assertThat(rollouts().create(seen(whole(plan), 1, run.attempt())).source().attempt())
        .isEqualTo(run.attempt());
  }

  private static RolloutDraft whole(Plan plan) {
    return RolloutStory.draft(plan, RolloutOptions.DEFAULT, items(2));
  }

  private static RolloutDraft seen(RolloutDraft draft, int version, int attempt) {
    return new RolloutDraft(
        RolloutStory.source(draft.source().plan(), version, attempt),
        draft.options(),
        draft.environments(),
        draft.items(),
        draft.actor());
  }

  @Test
  void keepsOneLiveRolloutOfAPlanAndOneOfEachVersion() {
    var plan = Samples.plan(ports(), "shop", 2);
    var first = rollouts().create(whole(plan));

    assertRefused(Code.FAILED_PRECONDITION, () -> rollouts().create(whole(plan)));
    cancel(first);
    assertRefused(Code.FAILED_PRECONDITION, () -> rollouts().create(whole(plan)));

    var edited = ports().plans().update(plan, "users/ann");
    assertThat(rollouts().create(whole(edited)).id()).isNotEqualTo(first.id());
  }

  @Test
  void oneOfManyWhoCreateAtOnceSucceeds() throws Exception {
    var plan = Samples.plan(ports(), "shop", 2);
    var created = new AtomicInteger();

    Parallel.run(
        8,
        _ -> {
          try {
            rollouts().create(whole(plan));
            created.incrementAndGet();
          } catch (ApiException e) {
            assertThat(e.code()).isEqualTo(Code.FAILED_PRECONDITION);
          }
        });

    assertThat(created).hasValue(1);
  }

  @Test
  void aPlanIsNotEditedWhileItsRolloutIsLive() {
    var plan = Samples.plan(ports(), "shop", 2);
    var rollout = rollouts().create(whole(plan));

    assertRefused(Code.FAILED_PRECONDITION, () -> ports().plans().update(plan, "users/ann"));
    cancel(rollout);
    assertThat(ports().plans().update(plan, "users/ann").version()).isEqualTo(2);
  }

  private void cancel(Rollout rollout) {
    assertThat(rollouts().cancel(rollout.id(), "users/ann")).isTrue();
    assertThat(rollouts().end(rollout.id())).isTrue();
  }

  @Test
  void aStageBeginsWhenTheOnesBeforeItAreComplete() {
    var plan = Samples.plan(ports(), "shop", 2);
    var other = new DatabaseName("pg", "tenant_001");
    var rollout =
        rollouts()
            .create(
                RolloutStory.draft(
                    plan,
                    RolloutOptions.DEFAULT,
                    List.of(item(0, "change", FIRST), item(1, "change", other))));

    assertThat(story.release(rollout, 1)).as("a stage that has not begun").isZero();
    assertThat(rollouts().startStage(rollout.id(), 1, "users/ann")).isFalse();
    assertThat(rollouts().startStage(rollout.id(), 0, "users/ann")).isTrue();
    assertThat(rollouts().startStage(rollout.id(), 0, "users/ann")).isFalse();
    story.finish(rollout, 1, APPLIED);
    assertThat(rollouts().startStage(rollout.id(), 1, "users/kim")).isTrue();
    assertThat(story.now(rollout).current().orElseThrow().start())
        .isNotNull()
        .extracting(Stage.Start::actor)
        .isEqualTo("users/kim");
  }

  @Test
  void handsOutNoMoreThanMayRunAtOnce() {
    var rollout = story.create(5, RolloutOptions.DEFAULT.withParallel(2));
    rollouts().startStage(rollout.id(), 0, "users/ann");

    assertThat(story.release(rollout, 3, 1, 2, 4)).isEqualTo(2);
    assertThat(
            rollouts().tasks(rollout.id(), TaskQuery.first(9).withStates(Set.of(TaskState.QUEUED))))
        .extracting(task -> task.key().number())
        .containsExactly(1, 3);
    assertThat(story.release(rollout, 4)).isZero();
    story.tasks().finish(story.claim(rollout, 1), APPLIED);
    assertThat(story.release(rollout, 1, 4)).isEqualTo(1);
  }

  @Test
  void aLaterSpecWaitsForTheEarlierOneOnItsDatabase() {
    var plan = Samples.plan(ports(), "shop", 1);
    var rollout =
        rollouts()
            .create(
                RolloutStory.draft(
                    plan,
                    RolloutOptions.DEFAULT.withFailures(FailurePolicy.CONTINUE),
                    List.of(item(0, "one", FIRST), item(0, "two", FIRST))));
    rollouts().startStage(rollout.id(), 0, "users/ann");

    assertThat(rollouts().ready(rollout.id(), 0, 9))
        .extracting(Task::key)
        .containsExactly(key(rollout, 1));
    assertThat(story.release(rollout, 2)).isZero();
    story.finish(rollout, 1, FAILED);
    assertThat(rollouts().ready(rollout.id(), 0, 9)).isEmpty();
    assertThat(story.now(rollout).stages().getFirst().status(FailurePolicy.CONTINUE))
        .isEqualTo(Stage.Status.FAILED);
    rollouts().retry(key(rollout, 1), "users/ann");
    story.finish(rollout, 1, APPLIED);

    var second = rollouts().ready(rollout.id(), 0, 9).getFirst();
    assertThat(second.key().number()).isEqualTo(2);
    assertThat(second.checkAfter()).as("changed since it was checked").isNotNull();
  }

  private static TaskKey key(Rollout rollout, int number) {
    return new TaskKey(rollout.id(), number);
  }

  @Test
  void cancelEndsWhatHasNotBegunAndLetsWhatRunsStop() {
    var rollout = story.create(3);
    var claim = story.begin(rollout, 1);
    story.release(rollout, 2);
    var queued = story.turn(rollout, 2);

    assertThat(rollouts().cancel(rollout.id(), "users/ann")).isTrue();

    assertThat(rollouts().cancel(rollout.id(), "users/ann")).isFalse();
    assertThat(story.tasks().isWanted(claim)).isFalse();
    assertThat(story.tasks().claim(queued)).isEmpty();
    assertThat(states(rollout))
        .containsExactly(TaskState.RUNNING, TaskState.CANCELED, TaskState.CANCELED);
    assertThat(rollouts().end(rollout.id())).as("one still runs").isFalse();
    assertThat(story.tasks().finish(claim, APPLIED)).as("it was faster").isTrue();
    assertThat(rollouts().end(rollout.id())).isTrue();
    assertThat(story.now(rollout).status()).isEqualTo(Status.CANCELED);
    assertThat(states(rollout).getFirst()).isEqualTo(TaskState.DONE);
  }

  private List<TaskState> states(Rollout rollout) {
    return story.all(rollout).stream().map(Task::state).toList();
  }

  @Test
  void aRetryBringsACanceledRolloutBackToLife() {
    var rollout = story.create(2);
    cancel(rollout);

    assertThat(rollouts().retry(key(rollout, 2), "users/kim")).isTrue();

    assertThat(story.now(rollout).status()).isEqualTo(Status.ACTIVE);
    assertThat(states(rollout)).containsExactly(TaskState.CANCELED, TaskState.PENDING);
    assertThat(story.task(rollout, 2).asked()).isTrue();
    story.finish(rollout, 2, APPLIED);
    assertThat(rollouts().skip(key(rollout, 1), "not wanted", "users/kim")).isTrue();
    assertThat(rollouts().end(rollout.id())).isTrue();
    assertThat(story.now(rollout).status()).isEqualTo(Status.DONE);
  }

  @Test
  void aCanceledRolloutOfAnEditedPlanStaysCanceled() {
    var rollout = story.create(2);
    cancel(rollout);
    ports().plans().update(ports().plans().get(rollout.plan()).orElseThrow(), "users/ann");

    assertRefused(Code.FAILED_PRECONDITION, () -> rollouts().retry(key(rollout, 1), "users/kim"));
  }

  @Test
  void onlyWhatDidNotEndWellIsRetriedOrSkipped() {
    var rollout = story.create(3);
    story.finish(rollout, 1, APPLIED);
    story.begin(rollout, 2);

    assertThat(rollouts().retry(key(rollout, 1), "users/ann")).isFalse();
    assertThat(rollouts().retry(key(rollout, 2), "users/ann")).isFalse();
    assertThat(rollouts().retry(key(rollout, 3), "users/ann")).isFalse();
    assertThat(rollouts().skip(key(rollout, 1), "why", "users/ann")).isFalse();
    assertThat(rollouts().skip(key(rollout, 2), "why", "users/ann")).isFalse();
    assertThat(rollouts().skip(key(rollout, 3), "done by hand é", "users/ann")).isTrue();
    assertThat(story.task(rollout, 3).report().words()).isEqualTo("done by hand é");
    assertThat(rollouts().skip(key(rollout, 9), "why", "users/ann")).isFalse();
  }

  @Test
  void whatTheGateBlocksFailsAndIsCheckedBeforeTheNextTry() {
    var rollout = story.create(1);

    assertThat(rollouts().block(key(rollout, 1), "2 results are errors")).isTrue();

    assertThat(rollouts().block(key(rollout, 1), "again")).isFalse();
    var task = story.task(rollout, 1);
    assertThat(task.state()).isEqualTo(TaskState.FAILED);
    assertThat(task.report().words()).isEqualTo("2 results are errors");
    assertThat(task.checkAfter()).isNotNull();
    assertThat(rollouts().changes(FIRST, 9, Long.MAX_VALUE)).as("nothing was done to it").isEmpty();
  }

  @Test
  void saysWhatItWaitsForUntilItsEnd() {
    var rollout = story.create(1);

    rollouts().say(rollout.id(), "waits for somebody é");
    assertThat(story.now(rollout).waiting()).isEqualTo("waits for somebody é");
    cancel(rollout);
    rollouts().say(rollout.id(), "too late");
    assertThat(story.now(rollout).waiting()).isEmpty();
  }

  @Test
  void saysOfAPlanWhatItWaitsForAndSinceWhen() {
    var plan = Samples.plan(ports(), "shop", 1).name();
    assertThat(rollouts().waiting(plan).words()).isEmpty();

    rollouts().say(plan, "the plan was never checked");
    var first = rollouts().waiting(plan);
    rollouts().say(plan, "the plan was never checked");

    assertThat(first.since()).isNotNull();
    assertThat(rollouts().waiting(plan)).isEqualTo(first);
    rollouts().say(plan, "waits for the role DBA");
    assertThat(rollouts().waiting(plan).words()).isEqualTo("waits for the role DBA");
  }

  @Test
  void isDoneWhenEachTaskIsDoneOrSkipped() {
    var rollout = story.create(2);
    story.finish(rollout, 1, APPLIED);
    assertThat(rollouts().end(rollout.id())).isFalse();

    rollouts().skip(key(rollout, 2), "not this one", "users/ann");

    assertThat(rollouts().end(rollout.id())).isTrue();
    assertThat(rollouts().end(rollout.id())).isFalse();
    assertThat(story.now(rollout).status()).isEqualTo(Status.DONE);
    assertThat(story.now(rollout).times().endedAt()).isNotNull();
    assertThat(rollouts().live(9, 0)).isEmpty();
    assertThat(rollouts().retry(key(rollout, 1), "users/ann")).isFalse();
  }

  @Test
  void pagesTasksByNumberStateAndStage() {
    var rollout = story.create(5);
    story.finish(rollout, 2, APPLIED);

    assertThat(rollouts().tasks(rollout.id(), TaskQuery.first(2).after(1)))
        .extracting(task -> task.key().number())
        .containsExactly(2, 3);
    assertThat(
            rollouts()
                .tasks(
                    rollout.id(),
                    TaskQuery.first(9).withStates(Set.of(TaskState.DONE)).withStage(0)))
        .extracting(task -> task.key().number())
        .containsExactly(2);
    assertThat(rollouts().tasks(rollout.id(), TaskQuery.first(9).withStage(1))).isEmpty();
    assertThat(story.now(rollout).stages().getFirst().counts().of(TaskState.DONE)).isEqualTo(1);
    assertThat(story.now(rollout).stages().getFirst().counts().total()).isEqualTo(5);
  }
}
