// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.contract;

import static dev.plancheck.checks.contract.RunStory.checked;
import static dev.plancheck.checks.contract.RunStory.results;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plancheck.checks.ApiException;
import dev.plancheck.checks.ApiException.Code;
import dev.plancheck.checks.plan.PlanName;
import dev.plancheck.checks.run.CheckTarget;
import dev.plancheck.checks.run.FoundResult;
import dev.plancheck.checks.run.PlanCheckRun;
import dev.plancheck.checks.run.PlanCheckRunConfig;
import dev.plancheck.checks.run.RunCounts;
import dev.plancheck.checks.run.RunEvent;
import dev.plancheck.checks.run.RunEvent.Kind;
import dev.plancheck.checks.run.RunOrder;
import dev.plancheck.checks.run.RunStatus;
import dev.plancheck.checks.run.Runs;
import dev.plancheck.checks.run.Shard;
import dev.plancheck.checks.run.Verdict;
import dev.plancheck.engine.review.Status;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every [Runs] does with one record: create, begin again whole or in part, cancel, log. The
/// work on shards is in [ShardsContract], reading in [RunsReadingContract].
public abstract class RunsContract extends StorageContract {
  private static final PlanCheckRunConfig CONFIG = Samples.config(10);
  private static final RunCounts PLANNED = RunCounts.planned(10, 9);

  private PlanName plan;
  private RunStory story;

  @BeforeEach
  void createPlan() {
    plan = Samples.plan(ports(), "shop", 10).name();
    story = new RunStory(ports());
  }

  @Test
  void createsTheRecordAsQueued() {
    var run = enqueue();

    assertThat(run.plan()).isEqualTo(plan);
    assertThat(run.status()).isEqualTo(RunStatus.QUEUED);
    assertThat(run.verdict()).isNull();
    assertThat(run.attempt()).isEqualTo(1);
    assertThat(run.planVersion()).isEqualTo(3);
    assertThat(run.policies()).isEqualTo(Samples.POLICIES);
    assertThat(run.policyHash()).isEqualTo(Samples.POLICIES.hash());
    assertThat(run.rulesVersion()).isEqualTo("rules-1");
    assertThat(run.membershipHash()).isEqualTo("members");
    assertThat(run.counts()).isEqualTo(PLANNED);
    assertThat(run.error()).isEmpty();
    assertThat(run.times().queuedAt()).isEqualTo(run.times().createdAt());
    assertThat(run.times().startedAt()).isNull();
    assertThat(run.times().finishedAt()).isNull();
    assertThat(run.times().oldestResultAt()).isNull();
    assertThat(runs().get(plan)).contains(run);
    assertThat(runs().config(plan)).contains(CONFIG);
    assertThat(runs().results(plan)).isEmpty();
  }

  @Test
  void refusesAPlanThatDoesNotExist() {
    var unknown = new PlanName("shop", 99);

    assertRefused(Code.NOT_FOUND, () -> runs().enqueue(unknown, whole(CONFIG)));
    assertThat(runs().get(unknown)).isEmpty();
    assertThat(runs().config(unknown)).isEmpty();
    assertThat(runs().results(unknown)).isEmpty();
    assertThat(runs().events(unknown, 0, 10)).isEmpty();
  }

  @Test
  void refusesToReplaceARunThatIsNotFinished() {
    var queued = enqueue();
    assertRefused(Code.FAILED_PRECONDITION, this::enqueue);

    story.claim(queued, 0);
    assertRefused(Code.FAILED_PRECONDITION, this::enqueue);
    assertThat(stored().attempt()).isEqualTo(1);
  }

  @Test
  void letsOneOfManyCallersCreateTheRecord() throws InterruptedException {
    var created = new AtomicInteger();
    Parallel.run(
        8,
        _ -> {
          try {
            enqueue();
            created.incrementAndGet();
          } catch (ApiException e) {
            assertThat(e.code()).isEqualTo(Code.FAILED_PRECONDITION);
          }
        });

    assertThat(created).hasValue(1);
    assertThat(stored().attempt()).isEqualTo(1);
  }

  @Test
  void beginsTheNextAttemptOfAFinishedRunAndLeavesItsResultsReadable() {
    var first = story.done(plan, CONFIG, Status.WARNING);
    var found = runs().results(plan);

    var second = runs().enqueue(plan, whole(Samples.everyField()));

    assertThat(second.id()).isEqualTo(first.id());
    assertThat(second.attempt()).isEqualTo(2);
    assertThat(second.status()).isEqualTo(RunStatus.QUEUED);
    assertThat(second.verdict()).isNull();
    assertThat(second.error()).isEmpty();
    assertThat(second.planVersion()).isEqualTo(17);
    assertThat(second.counts()).isEqualTo(RunCounts.planned(2, 1));
    assertThat(second.times().createdAt()).isEqualTo(first.times().createdAt());
    assertThat(second.times().startedAt()).isNull();
    assertThat(second.times().finishedAt()).isNull();
    assertThat(second.times().oldestResultAt()).isNull();
    assertThat(runs().get(plan)).contains(second);
    assertThat(runs().config(plan)).contains(Samples.everyField());
    assertThat(found).hasSize(18);
    assertThat(read()).extracting(FoundResult::result).isEqualTo(found);
    assertThat(read()).extracting(FoundResult::previous).containsOnly(true);
    assertThat(read()).extracting(FoundResult::checkedAt).containsOnly(first.times().startedAt());
  }

  @Test
  void keepsTheResultsOfTargetsThatAreNotCheckedAgain() {
    var first = story.done(plan, CONFIG, Status.WARNING);
    var again = CONFIG.withTargets(keepAllBut(2));

    var second = runs().enqueue(plan, order(again, first, new RunCounts(10, 9, 8, 0, 16, 0, 0)));
    var claim = story.claim(second, 0);
    ports().shards().append(claim, List.of(checked(again, 0, Status.ERROR)));

    assertThat(claim.shard()).isEqualTo(new Shard(0, 0, 1));
    assertThat(stored().counts()).isEqualTo(new RunCounts(10, 9, 9, 0, 16, 2, 0));
    ports().shards().complete(claim);
    ports().settle().run();

    var run = stored();
    assertThat(run.status()).isEqualTo(RunStatus.DONE);
    assertThat(run.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(run.counts()).isEqualTo(new RunCounts(10, 9, 9, 0, 16, 2, 0));
    assertThat(run.times().oldestResultAt()).isEqualTo(first.times().startedAt());
    assertThat(read()).extracting(FoundResult::previous).containsOnly(false);
    assertThat(read().stream().map(found -> found.result().target()).distinct().toList())
        .isEqualTo(CONFIG.chosen().stream().map(CheckTarget::target).toList());
    for (var found : read()) {
      var isNew = found.result().target().equals(CONFIG.chosen().get(2).target());
      assertThat(found.result().finding().status())
          .isEqualTo(isNew ? Status.ERROR : Status.WARNING);
      assertThat(found.checkedAt())
          .isEqualTo(isNew ? run.times().startedAt() : first.times().startedAt());
    }
  }

  @Test
  void keepsTheTimesOfResultsOverManyAttempts() {
    var started = new ArrayList<Instant>();
    started.add(story.done(plan, CONFIG, Status.SUCCESS).times().startedAt());
    for (var number = 0; number < 3; number++) {
      var again = CONFIG.withTargets(keepAllBut(number));
      var run = runs().enqueue(plan, order(again, stored(), stored().counts()));
      story.complete(story.claim(run, 0), again, Status.SUCCESS);
      started.add(stored().times().startedAt());
    }

    assertThat(read().stream().map(FoundResult::checkedAt).distinct().toList())
        .containsExactly(started.get(1), started.get(2), started.get(3), started.get(0));
    assertThat(stored().times().oldestResultAt()).isEqualTo(started.getFirst());
  }

  @Test
  void refusesToKeepResultsOfAnAttemptThatIsNotTheLast() {
    var first = story.done(plan, CONFIG, Status.SUCCESS);
    story.done(plan, CONFIG, Status.SUCCESS);

    assertRefused(
        Code.ABORTED,
        () -> runs().enqueue(plan, order(CONFIG.withTargets(keepAllBut(0)), first, PLANNED)));
    assertThat(stored().attempt()).isEqualTo(2);
    assertThat(stored().status()).isEqualTo(RunStatus.DONE);
  }

  @Test
  void cancelsWhatIsQueued() {
    enqueue();

    assertThat(runs().cancel(plan, 1, "bob")).isTrue();

    assertThat(stored().status()).isEqualTo(RunStatus.CANCELED);
    assertThat(stored().verdict()).isEqualTo(Verdict.INCOMPLETE);
    assertThat(stored().times().finishedAt()).isNotNull();
    ports().settle().run();
    assertThat(stored().status()).isEqualTo(RunStatus.CANCELED);
    assertThat(stored().times().oldestResultAt()).isNull();
    assertThat(runs().results(plan)).isEmpty();
  }

  @Test
  void keepsWhatACanceledRunFound() {
    var claim = story.claim(enqueue(), 0);
    var found = checked(CONFIG, 3, Status.ERROR);
    ports().shards().append(claim, List.of(found));

    assertThat(runs().cancel(plan, 1, "bob")).isTrue();
    assertThat(runs().results(plan)).isEqualTo(results(found));
    var canceled = stored();
    ports().settle().run();

    assertThat(stored().status()).isEqualTo(RunStatus.CANCELED);
    assertThat(stored().verdict()).isEqualTo(Verdict.INCOMPLETE);
    assertThat(stored().counts()).isEqualTo(new RunCounts(10, 9, 1, 0, 0, 2, 0));
    assertThat(stored().times().finishedAt()).isEqualTo(canceled.times().finishedAt());
    assertThat(stored().times().oldestResultAt()).isEqualTo(canceled.times().startedAt());
    assertThat(runs().results(plan)).isEqualTo(results(found));
    assertThat(read()).extracting(FoundResult::previous).containsOnly(false);
  }

  @Test
  void cancelsNothingThatIsFinalUnknownOrAnotherAttempt() {
    assertThat(runs().cancel(plan, 1, "")).isFalse();
    var run = enqueue();
    assertThat(runs().cancel(plan, 2, "")).isFalse();
    story.complete(story.claim(run, 0), CONFIG, Status.SUCCESS);

    assertThat(runs().cancel(plan, 1, "")).isFalse();
    assertThat(stored().status()).isEqualTo(RunStatus.DONE);
  }

  @Test
  void beginsAgainRightAfterACancel() {
    var old = story.claim(enqueue(), 0);
    ports().shards().append(old, List.of(checked(CONFIG, 0, Status.ERROR)));
    runs().cancel(plan, 1, "");

    var second = enqueue();
    story.complete(story.claim(second, 0), CONFIG, Status.SUCCESS);

    assertThat(stored().verdict()).isEqualTo(Verdict.WARN);
    assertThat(stored().counts()).isEqualTo(new RunCounts(10, 9, 9, 18, 0, 0, 0));
    assertThat(runs().results(plan)).hasSize(18);
  }

  @Test
  void logsWhatHappenedToEveryAttempt() {
    story.done(plan, CONFIG, Status.WARNING);
    enqueue();
    runs().cancel(plan, 2, "bob");
    ports().settle().run();
    var claim = story.claim(enqueue(), 0);
    ports().shards().fail(claim, "the disk is full");
    ports().settle().run();

    var events = runs().events(plan, 0, 100);

    assertThat(events)
        .extracting(RunEvent::kind)
        .containsExactly(
            Kind.QUEUED, Kind.DONE, Kind.QUEUED, Kind.CANCELED, Kind.QUEUED, Kind.FAILED);
    assertThat(events).extracting(RunEvent::attempt).containsExactly(1, 1, 2, 2, 3, 3);
    assertThat(events)
        .extracting(RunEvent::actor)
        .containsExactly("ann", "", "ann", "bob", "ann", "");
    assertThat(events)
        .extracting(RunEvent::verdict)
        .containsExactly(null, Verdict.WARN, null, Verdict.INCOMPLETE, null, Verdict.INCOMPLETE);
    assertThat(events.get(1).counts()).isEqualTo(new RunCounts(10, 9, 9, 0, 18, 0, 0));
    assertThat(events.getLast().note()).isEqualTo("the disk is full");
    assertThat(events)
        .extracting(RunEvent::basis)
        .containsOnly(new RunEvent.Basis(3, Samples.POLICIES.hash(), "rules-1", "members"));
    assertThat(events).extracting(RunEvent::id).isSorted().doesNotHaveDuplicates();
    assertThat(runs().events(plan, events.get(1).id(), 2)).isEqualTo(events.subList(2, 4));
  }

  /// The chosen targets of the config, of which only the one at a place is checked again.
  private static List<CheckTarget> keepAllBut(int place) {
    var again = CONFIG.chosen().get(place);
    return CONFIG.targets().stream()
        .map(target -> target.withKept(!target.sampledOut() && !target.equals(again)))
        .toList();
  }

  private static RunOrder order(PlanCheckRunConfig config, PlanCheckRun after, RunCounts counts) {
    return new RunOrder(
        config, counts, after.attempt(), Shard.split(config.toCheck().size(), 1_000), "ann");
  }

  private static RunOrder whole(PlanCheckRunConfig config) {
    return RunOrder.whole(config, 1_000, "ann");
  }

  private List<FoundResult> read() {
    var all = new ArrayList<FoundResult>();
    assertThat(runs().read(plan, 0, all::add)).contains(stored());
    return all;
  }

  private Runs runs() {
    return ports().runs();
  }

  private PlanCheckRun enqueue() {
    return story.enqueue(plan, CONFIG, 1_000);
  }

  private PlanCheckRun stored() {
    return runs().get(plan).orElseThrow();
  }
}
