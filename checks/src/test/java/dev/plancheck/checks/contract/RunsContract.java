// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plancheck.checks.ApiException;
import dev.plancheck.checks.ApiException.Code;
import dev.plancheck.checks.plan.PlanName;
import dev.plancheck.checks.run.PlanCheckRun;
import dev.plancheck.checks.run.Result;
import dev.plancheck.checks.run.RunCounts;
import dev.plancheck.checks.run.RunStatus;
import dev.plancheck.checks.run.Runs;
import dev.plancheck.checks.run.Verdict;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every [Runs] does in the life of one record: replace, claim, move, end, cancel. Reading is
/// in [RunsReadingContract].
public abstract class RunsContract extends StorageContract {
  private static final RunCounts PLANNED = RunCounts.planned(10, 9);
  private static final RunCounts HALF = new RunCounts(10, 9, 4, 5, 1, 2, 0);
  private static final RunCounts ALL = new RunCounts(10, 9, 9, 14, 2, 2, 0);
  private static final List<Result> RESULTS = RandomResults.of(1, 20);

  private PlanName plan;

  @BeforeEach
  void createPlan() {
    plan = Samples.plan(ports(), "shop", 10).name();
  }

  @Test
  void createsTheRecordAsQueued() {
    var run = enqueue();

    assertThat(run.plan()).isEqualTo(plan);
    assertThat(run.status()).isEqualTo(RunStatus.QUEUED);
    assertThat(run.verdict()).isNull();
    assertThat(run.attempt()).isEqualTo(1);
    assertThat(run.planVersion()).isEqualTo(3);
    assertThat(run.policyHash()).isEqualTo("policy-hash");
    assertThat(run.rulesVersion()).isEqualTo("rules-1");
    assertThat(run.membershipHash()).isEqualTo("members");
    assertThat(run.counts()).isEqualTo(PLANNED);
    assertThat(run.error()).isEmpty();
    assertThat(run.times().queuedAt()).isEqualTo(run.times().createdAt());
    assertThat(run.times().startedAt()).isNull();
    assertThat(run.times().finishedAt()).isNull();
    assertThat(run.times().oldestResultAt()).isNull();
    assertThat(runs().get(plan)).contains(run);
    assertThat(runs().config(plan)).contains(Samples.config(10));
    assertThat(runs().results(plan)).isEmpty();
  }

  @Test
  void refusesAPlanThatDoesNotExist() {
    var unknown = new PlanName("shop", 99);

    assertRefused(Code.NOT_FOUND, () -> runs().enqueue(unknown, Samples.config(10)));
    assertThat(runs().get(unknown)).isEmpty();
    assertThat(runs().config(unknown)).isEmpty();
    assertThat(runs().results(unknown)).isEmpty();
  }

  @Test
  void refusesToReplaceARunThatIsNotFinished() {
    var queued = enqueue();
    assertRefused(Code.FAILED_PRECONDITION, this::enqueue);

    claim(queued);
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
  void replacesAFinishedRunAsItsNextAttempt() {
    var first = enqueue();
    runs().finish(claim(first), RunStatus.FAILED, ALL, RESULTS, "the storage went away");

    var second = runs().enqueue(plan, Samples.everyField());

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
    assertThat(runs().results(plan)).isEmpty();
    assertThat(runs().config(plan)).contains(Samples.everyField());
  }

  @Test
  void givesTheClaimToOneOfManyWorkers() throws InterruptedException {
    var run = enqueue();
    var claimed = new AtomicInteger();
    Parallel.run(16, _ -> runs().claim(run.id(), 1).ifPresent(_ -> claimed.incrementAndGet()));

    assertThat(claimed).hasValue(1);
    assertThat(stored().status()).isEqualTo(RunStatus.RUNNING);
    assertThat(stored().times().startedAt()).isNotNull();
  }

  @Test
  void givesNoClaimOfAnotherAttemptOrAnUnknownRun() {
    var run = enqueue();

    assertThat(runs().claim(run.id(), 2)).isEmpty();
    assertThat(runs().claim(run.id() + 1, 1)).isEmpty();
    assertThat(stored().status()).isEqualTo(RunStatus.QUEUED);
  }

  @Test
  void movesTheCountersOnlyWhileRunning() {
    var run = enqueue();
    var forged = new Runs.Claim(run.id(), plan, 1);
    assertThat(runs().progress(forged, HALF)).isFalse();

    var claim = claim(run);
    assertThat(runs().progress(claim, HALF)).isTrue();
    assertThat(stored().counts()).isEqualTo(HALF);
    assertThat(stored().status()).isEqualTo(RunStatus.RUNNING);

    runs().finish(claim, RunStatus.DONE, ALL, RESULTS, "");
    assertThat(runs().progress(claim, HALF)).isFalse();
    assertThat(stored().counts()).isEqualTo(ALL);
  }

  @Test
  void endsWithResultsCountsAndVerdict() {
    var claim = claim(enqueue());

    assertThat(runs().finish(claim, RunStatus.DONE, ALL, RESULTS, "")).isTrue();

    var run = stored();
    assertThat(run.status()).isEqualTo(RunStatus.DONE);
    assertThat(run.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(run.counts()).isEqualTo(ALL);
    assertThat(run.error()).isEmpty();
    assertThat(run.times().finishedAt()).isNotNull();
    assertThat(run.times().oldestResultAt()).isEqualTo(run.times().startedAt());
    assertThat(runs().results(plan)).isEqualTo(RESULTS);
  }

  @Test
  void keepsWhatAFailedRunFound() {
    var claim = claim(enqueue());

    assertThat(runs().finish(claim, RunStatus.FAILED, HALF, RESULTS, "it's \"é\"")).isTrue();

    assertThat(stored().status()).isEqualTo(RunStatus.FAILED);
    assertThat(stored().verdict()).isEqualTo(Verdict.INCOMPLETE);
    assertThat(stored().error()).isEqualTo("it's \"é\"");
    assertThat(stored().counts()).isEqualTo(HALF);
    assertThat(runs().results(plan)).isEqualTo(RESULTS);
  }

  @Test
  void storesTheVerdictThatFollowsFromTheCounts() {
    assertThat(verdictOf(new RunCounts(5, 5, 5, 10, 0, 0, 0))).isEqualTo(Verdict.PASS);
    assertThat(verdictOf(new RunCounts(5, 5, 5, 10, 1, 0, 0))).isEqualTo(Verdict.WARN);
    assertThat(verdictOf(new RunCounts(5, 5, 5, 10, 1, 1, 0))).isEqualTo(Verdict.FAIL);
    assertThat(verdictOf(new RunCounts(5, 5, 5, 10, 1, 1, 1))).isEqualTo(Verdict.INCOMPLETE);
    assertThat(verdictOf(new RunCounts(5, 5, 4, 10, 0, 0, 0))).isEqualTo(Verdict.INCOMPLETE);
    assertThat(verdictOf(new RunCounts(9, 5, 5, 10, 0, 0, 0))).isEqualTo(Verdict.WARN);
  }

  @Test
  void endsOnlyOnce() {
    var claim = claim(enqueue());
    runs().finish(claim, RunStatus.DONE, ALL, RESULTS, "");

    assertThat(runs().finish(claim, RunStatus.FAILED, HALF, List.of(), "late")).isFalse();
    assertThat(runs().results(plan)).isEqualTo(RESULTS);
    assertThat(stored().status()).isEqualTo(RunStatus.DONE);
  }

  @Test
  void ignoresTheWorkerOfAnOldAttempt() {
    var old = claim(enqueue());
    runs().cancel(plan, 1);
    var current = claim(enqueue());

    assertThat(runs().progress(old, HALF)).isFalse();
    assertThat(runs().finish(old, RunStatus.DONE, ALL, RESULTS, "")).isFalse();
    assertThat(runs().keepPartial(old, ALL, RESULTS)).isFalse();
    assertThat(runs().cancel(plan, 1)).isFalse();
    assertThat(stored().status()).isEqualTo(RunStatus.RUNNING);
    assertThat(stored().counts()).isEqualTo(PLANNED);
    assertThat(runs().progress(current, HALF)).isTrue();
  }

  @Test
  void cancelsWhatIsQueued() {
    var run = enqueue();

    assertThat(runs().cancel(plan, 1)).isTrue();

    assertThat(stored().status()).isEqualTo(RunStatus.CANCELED);
    assertThat(stored().verdict()).isEqualTo(Verdict.INCOMPLETE);
    assertThat(stored().times().finishedAt()).isNotNull();
    assertThat(runs().claim(run.id(), 1)).isEmpty();
  }

  @Test
  void cancelsWhatIsRunningAndFencesItsWorker() {
    var claim = claim(enqueue());
    runs().progress(claim, HALF);

    assertThat(runs().cancel(plan, 1)).isTrue();
    assertThat(runs().progress(claim, ALL)).isFalse();
    assertThat(runs().finish(claim, RunStatus.DONE, ALL, RESULTS, "")).isFalse();

    assertThat(stored().status()).isEqualTo(RunStatus.CANCELED);
    assertThat(stored().verdict()).isEqualTo(Verdict.INCOMPLETE);
    assertThat(stored().counts()).isEqualTo(HALF);
    assertThat(runs().results(plan)).isEmpty();
  }

  @Test
  void cancelsNothingThatIsFinalUnknownOrAnotherAttempt() {
    assertThat(runs().cancel(plan, 1)).isFalse();
    var claim = claim(enqueue());
    assertThat(runs().cancel(plan, 2)).isFalse();
    runs().finish(claim, RunStatus.DONE, ALL, RESULTS, "");

    assertThat(runs().cancel(plan, 1)).isFalse();
    assertThat(stored().status()).isEqualTo(RunStatus.DONE);
  }

  @Test
  void keepsOnceWhatACanceledRunHadFound() {
    var claim = claim(enqueue());
    assertThat(runs().keepPartial(claim, HALF, RESULTS)).isFalse();
    runs().cancel(plan, 1);
    var canceled = stored();

    assertThat(runs().keepPartial(claim, HALF, RESULTS)).isTrue();
    assertThat(runs().keepPartial(claim, ALL, List.of())).isFalse();

    assertThat(stored().status()).isEqualTo(RunStatus.CANCELED);
    assertThat(stored().verdict()).isEqualTo(Verdict.INCOMPLETE);
    assertThat(stored().counts()).isEqualTo(HALF);
    assertThat(stored().times().finishedAt()).isEqualTo(canceled.times().finishedAt());
    assertThat(stored().times().oldestResultAt()).isEqualTo(canceled.times().startedAt());
    assertThat(runs().results(plan)).isEqualTo(RESULTS);
  }

  @Test
  void letsEitherTheWorkerOrTheUserEndTheRun() throws InterruptedException {
    for (var round = 0; round < 20; round++) {
      var claim = claim(enqueue());
      var ended = new AtomicInteger();
      Parallel.run(
          2,
          side -> {
            var won =
                side == 0
                    ? runs().cancel(plan, claim.attempt())
                    : runs().finish(claim, RunStatus.DONE, ALL, RESULTS, "");
            if (won) {
              ended.incrementAndGet();
            }
          });

      assertThat(ended).hasValue(1);
      assertThat(runs().results(plan))
          .isEqualTo(stored().status() == RunStatus.DONE ? RESULTS : List.of());
    }
  }

  private @Nullable Verdict verdictOf(RunCounts counts) {
    runs().finish(claim(enqueue()), RunStatus.DONE, counts, List.of(), "");
    return stored().verdict();
  }

  private Runs runs() {
    return ports().runs();
  }

  private PlanCheckRun enqueue() {
    return runs().enqueue(plan, Samples.config(10));
  }

  private Runs.Claim claim(PlanCheckRun run) {
    return runs().claim(run.id(), run.attempt()).orElseThrow();
  }

  private PlanCheckRun stored() {
    return runs().get(plan).orElseThrow();
  }
}
