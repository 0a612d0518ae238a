// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.contract;

import static dev.plancheck.checks.contract.RunStory.checked;
import static dev.plancheck.checks.contract.RunStory.results;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plancheck.checks.plan.PlanName;
import dev.plancheck.checks.run.PlanCheckRun;
import dev.plancheck.checks.run.PlanCheckRunConfig;
import dev.plancheck.checks.run.RunCounts;
import dev.plancheck.checks.run.RunStatus;
import dev.plancheck.checks.run.Runs;
import dev.plancheck.checks.run.Shard;
import dev.plancheck.checks.run.ShardKey;
import dev.plancheck.checks.run.Shards;
import dev.plancheck.checks.run.Shards.Claim;
import dev.plancheck.checks.run.Verdict;
import dev.plancheck.engine.review.Status;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every [Shards] does for who works on an attempt, and against who no longer may.
public abstract class ShardsContract extends StorageContract {
  private static final PlanCheckRunConfig CONFIG = Samples.config(10);

  private PlanName plan;
  private RunStory story;

  @BeforeEach
  void createPlan() {
    plan = Samples.plan(ports(), "shop", 10).name();
    story = new RunStory(ports());
  }

  @Test
  void theFirstClaimMakesTheRunRunning() {
    var run = story.enqueue(plan, CONFIG, 5);

    var first = story.claim(run, 0);
    var started = stored().times().startedAt();
    var second = story.claim(run, 1);

    assertThat(first.key()).isEqualTo(new ShardKey(run.id(), 1, 0));
    assertThat(first.plan()).isEqualTo(plan);
    assertThat(first.shard()).isEqualTo(new Shard(0, 0, 4));
    assertThat(second.shard()).isEqualTo(new Shard(1, 4, 9));
    assertThat(first.running().isNegative()).isFalse();
    assertThat(first.barren()).isZero();
    assertThat(shards().config(first)).contains(CONFIG);
    assertThat(shards().finished(first)).isEqualTo(new BitSet());
    assertThat(stored().status()).isEqualTo(RunStatus.RUNNING);
    assertThat(stored().times().startedAt()).isEqualTo(started).isNotNull();
  }

  @Test
  void givesNoClaimOfAnotherAttemptAnUnknownRunOrShard() {
    var run = story.enqueue(plan, CONFIG, 5);

    assertThat(shards().claim(new ShardKey(run.id(), 2, 0))).isEmpty();
    assertThat(shards().claim(new ShardKey(run.id() + 1, 1, 0))).isEmpty();
    assertThat(shards().claim(new ShardKey(run.id(), 1, 2))).isEmpty();
    assertThat(stored().status()).isEqualTo(RunStatus.QUEUED);
  }

  @Test
  void storesWhatWasFoundAndMovesTheCounters() {
    var claim = story.claim(story.enqueue(plan, CONFIG, 1_000), 0);
    var second = checked(CONFIG, 2, Status.WARNING);
    var first = checked(CONFIG, 0, null);

    assertThat(shards().append(claim, List.of(second))).isTrue();
    assertThat(shards().append(claim, List.of(first))).isTrue();

    assertThat(stored().counts()).isEqualTo(new RunCounts(10, 9, 2, 0, 2, 0, 2));
    assertThat(stored().status()).isEqualTo(RunStatus.RUNNING);
    assertThat(shards().finished(claim).stream()).containsExactly(0, 2);
    assertThat(runs().results(plan)).isEqualTo(results(second, first));
  }

  @Test
  void endsWithResultsInPlanOrderCountsAndVerdict() {
    var run = story.enqueue(plan, CONFIG, 3);
    for (var shard : List.of(2, 0, 1)) {
      story.complete(story.claim(run, shard), CONFIG, Status.SUCCESS);
    }

    var done = stored();
    assertThat(done.status()).isEqualTo(RunStatus.DONE);
    assertThat(done.verdict()).isEqualTo(Verdict.WARN);
    assertThat(done.counts()).isEqualTo(new RunCounts(10, 9, 9, 18, 0, 0, 0));
    assertThat(done.error()).isEmpty();
    assertThat(done.times().finishedAt()).isNotNull();
    assertThat(done.times().oldestResultAt()).isEqualTo(done.times().startedAt());
    assertThat(runs().results(plan))
        .isEqualTo(
            IntStream.range(0, 9)
                .mapToObj(place -> checked(CONFIG, place, Status.SUCCESS))
                .flatMap(target -> target.results().stream())
                .toList());
  }

  @Test
  void isNotDoneWhileAShardIsNot() {
    var run = story.enqueue(plan, CONFIG, 5);

    story.complete(story.claim(run, 0), CONFIG, Status.SUCCESS);

    assertThat(stored().status()).isEqualTo(RunStatus.RUNNING);
    assertThat(stored().verdict()).isNull();
    assertThat(shards().claim(new ShardKey(run.id(), 1, 0))).isEmpty();
  }

  @Test
  void refusesToCompleteAShardWithoutAllItsResults() {
    var claim = story.claim(story.enqueue(plan, CONFIG, 1_000), 0);
    shards().append(claim, List.of(checked(CONFIG, 0, Status.SUCCESS)));

    assertThatThrownBy(() -> shards().complete(claim)).isInstanceOf(RuntimeException.class);
    ports().settle().run();

    assertThat(stored().status()).isEqualTo(RunStatus.RUNNING);
  }

  @Test
  void refusesATargetThatIsOutsideOfTheShardOrStoredAlready() {
    var claim = story.claim(story.enqueue(plan, CONFIG, 5), 0);
    var first = checked(CONFIG, 0, Status.SUCCESS);
    shards().append(claim, List.of(first));

    var other = checked(CONFIG, 0, Status.ERROR);
    var second = checked(CONFIG, 1, Status.SUCCESS);
    assertThatThrownBy(() -> shards().append(claim, List.of(other)))
        .isInstanceOf(RuntimeException.class);
    assertThatThrownBy(() -> shards().append(claim, List.of(second, first)))
        .isInstanceOf(RuntimeException.class);
    assertThatThrownBy(() -> shards().append(claim, List.of(checked(CONFIG, 4, Status.SUCCESS))))
        .isInstanceOf(RuntimeException.class);

    assertThat(stored().counts().done()).isEqualTo(1);
    assertThat(runs().results(plan)).isEqualTo(results(first));
  }

  @Test
  void aCallWhoseAnswerWasLostCanBeMadeAgain() {
    var claim = story.claim(story.enqueue(plan, CONFIG, 1_000), 0);
    var found = List.of(checked(CONFIG, 1, Status.SUCCESS), checked(CONFIG, 0, Status.ERROR));
    shards().append(claim, found);
    var before = stored().counts();

    assertThat(shards().append(claim, found)).isTrue();

    assertThat(stored().counts()).isEqualTo(before);
    assertThat(runs().results(plan)).hasSize(4);
  }

  @Test
  void anOwnerThatWasReplacedChangesNothingAnyMore() {
    var run = story.enqueue(plan, CONFIG, 1_000);
    var paused = story.claim(run, 0);
    shards().append(paused, List.of(checked(CONFIG, 0, Status.SUCCESS)));

    var next = story.claim(run, 0);

    assertThat(next.epoch()).isGreaterThan(paused.epoch());
    assertThat(shards().append(paused, List.of(checked(CONFIG, 1, Status.ERROR)))).isFalse();
    assertThat(shards().complete(paused)).isFalse();
    assertThat(shards().release(paused)).isFalse();
    assertThat(shards().fail(paused, "late")).isFalse();
    assertThat(stored().status()).isEqualTo(RunStatus.RUNNING);
    assertThat(stored().counts().done()).isEqualTo(1);
    assertThat(shards().finished(next).stream()).containsExactly(0);
    assertThat(shards().append(next, List.of(checked(CONFIG, 1, Status.SUCCESS)))).isTrue();
  }

  @Test
  void nobodyWritesAfterACancel() {
    var run = story.enqueue(plan, CONFIG, 1_000);
    var claim = story.claim(run, 0);
    runs().cancel(plan, 1, "");

    assertThat(shards().append(claim, List.of(checked(CONFIG, 0, Status.SUCCESS)))).isFalse();
    assertThat(shards().complete(claim)).isFalse();
    assertThat(shards().fail(claim, "late")).isFalse();
    assertThat(shards().claim(claim.key())).isEmpty();
    ports().settle().run();
    assertThat(stored().counts().done()).isZero();
    assertThat(runs().results(plan)).isEmpty();
  }

  @Test
  void aFailureOfOneShardEndsTheAttemptAndKeepsWhatWasFound() {
    var run = story.enqueue(plan, CONFIG, 5);
    var first = story.claim(run, 0);
    var second = story.claim(run, 1);
    var found = checked(CONFIG, 4, Status.SUCCESS);
    shards().append(second, List.of(found));

    assertThat(shards().fail(first, "it's \"é\"")).isTrue();
    assertThat(shards().append(second, List.of(checked(CONFIG, 5, Status.SUCCESS)))).isFalse();
    ports().settle().run();

    assertThat(stored().status()).isEqualTo(RunStatus.FAILED);
    assertThat(stored().verdict()).isEqualTo(Verdict.INCOMPLETE);
    assertThat(stored().error()).isEqualTo("it's \"é\"");
    assertThat(stored().counts()).isEqualTo(new RunCounts(10, 9, 1, 2, 0, 0, 0));
    assertThat(runs().results(plan)).isEqualTo(results(found));
  }

  @Test
  void countsOwnersThatLeftNothingBehind() {
    var run = story.enqueue(plan, CONFIG, 1_000);

    assertThat(story.claim(run, 0).barren()).isZero();
    assertThat(story.claim(run, 0).barren()).isEqualTo(1);
    var third = story.claim(run, 0);
    assertThat(third.barren()).isEqualTo(2);
    assertThat(shards().release(third)).isTrue();
    assertThat(shards().append(third, List.of(checked(CONFIG, 0, Status.SUCCESS)))).isFalse();
    var fourth = story.claim(run, 0);
    assertThat(fourth.barren()).isEqualTo(2);
    shards().append(fourth, List.of(checked(CONFIG, 0, Status.SUCCESS)));
    assertThat(story.claim(run, 0).barren()).isZero();
  }

  @Test
  void anAttemptWithoutTargetsEndsToo() {
    var nothing = Samples.config(0);

    var run = story.done(plan, nothing, Status.SUCCESS);

    assertThat(run.status()).isEqualTo(RunStatus.DONE);
    assertThat(run.verdict()).isEqualTo(Verdict.PASS);
  }

  @Test
  void everyClaimHasAnEpochOfItsOwn() throws InterruptedException {
    var run = story.enqueue(plan, CONFIG, 1_000);
    var claims = new ConcurrentLinkedQueue<Claim>();

    Parallel.run(16, _ -> claims.add(story.claim(run, 0)));

    var epochs = new HashSet<Integer>();
    claims.forEach(claim -> epochs.add(claim.epoch()));
    assertThat(epochs).hasSize(16);
    var writers = new AtomicInteger();
    for (var claim : claims) {
      if (shards().append(claim, List.of(checked(CONFIG, 0, Status.SUCCESS)))) {
        writers.incrementAndGet();
      }
    }
    assertThat(writers).hasValue(1);
  }

  @Test
  void letsEitherTheWorkerOrTheUserEndTheRun() throws InterruptedException {
    for (var round = 0; round < 20; round++) {
      var run = story.enqueue(plan, CONFIG, 1_000);
      var claim = story.claim(run, 0);
      for (var place = 0; place < 9; place++) {
        shards().append(claim, List.of(checked(CONFIG, place, Status.SUCCESS)));
      }
      var ended = new AtomicInteger();
      Parallel.run(
          2,
          side -> {
            var won = side == 0 ? runs().cancel(plan, run.attempt(), "") : shards().complete(claim);
            if (won) {
              ended.incrementAndGet();
            }
          });
      ports().settle().run();

      // Between the last shard and the fold a user may still cancel.
      assertThat(ended.get()).isBetween(1, 2);
      assertThat(stored().status()).isIn(RunStatus.DONE, RunStatus.CANCELED);
      assertThat(runs().results(plan)).hasSize(18);
    }
  }

  private Runs runs() {
    return ports().runs();
  }

  private Shards shards() {
    return ports().shards();
  }

  private PlanCheckRun stored() {
    return runs().get(plan).orElseThrow();
  }
}
