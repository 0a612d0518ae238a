// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.legacy;

import static dev.plancheck.checks.legacy.LegacyStatus.CANCELED;
import static dev.plancheck.checks.legacy.LegacyStatus.DONE;
import static dev.plancheck.checks.legacy.LegacyStatus.FAILED;
import static dev.plancheck.checks.legacy.LegacyStatus.RUNNING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.plancheck.checks.ApiException;
import dev.plancheck.checks.ApiException.Code;
import dev.plancheck.checks.contract.Samples;
import dev.plancheck.checks.plan.PlanName;
import dev.plancheck.checks.plan.Sheet;
import dev.plancheck.checks.plan.Spec;
import dev.plancheck.checks.run.CheckType;
import dev.plancheck.checks.run.Outcome;
import dev.plancheck.checks.run.Result;
import dev.plancheck.checks.run.RunScope;
import dev.plancheck.checks.summary.AffectedRows;
import dev.plancheck.checks.summary.SummaryReport;
import dev.plancheck.engine.review.Finding;
import dev.plancheck.engine.review.Status;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What old clients see of a plan, story by story.
final class LegacyRunServiceTest {
  private final LegacyRig rig = new LegacyRig();

  @Test
  void aPlanHasOneRunForEachDatabaseAndType() {
    var plan = rig.plan(2);
    rig.done(plan, Status.SUCCESS, Status.WARNING);

    assertThat(rig.all(plan))
        .extracting(run -> run.check().target().database() + " " + run.check().type())
        .containsExactly(
            "tenant_000 STATEMENT_ADVISE",
            "tenant_000 STATEMENT_SUMMARY_REPORT",
            "tenant_001 STATEMENT_ADVISE",
            "tenant_001 STATEMENT_SUMMARY_REPORT");
    assertThat(rig.all(plan)).extracting(LegacyRun::status).containsOnly(DONE);
    assertThat(rig.all(plan).getLast().results())
        .containsExactly(
            new LegacyResult(
                Status.WARNING, "Title", "of it", LegacyResult.UNNUMBERED, null, null));
  }

  @Test
  void aNameStaysOverAttemptsAndTheTimeIsThatOfTheAttempt() {
    var plan = rig.plan(2);
    rig.done(plan, Status.SUCCESS, Status.SUCCESS);
    var first = rig.all(plan);

    rig.clock.advance(Duration.ofMinutes(3));
    rig.done(plan, Status.SUCCESS, Status.ERROR);
    var second = rig.all(plan);

    assertThat(second)
        .extracting(LegacyRun::uid)
        .isEqualTo(first.stream().map(LegacyRun::uid).toList());
    assertThat(first).extracting(LegacyRun::createdAt).containsOnly(LegacyRig.BEGIN);
    assertThat(second)
        .extracting(LegacyRun::createdAt)
        .containsOnly(LegacyRig.BEGIN.plus(Duration.ofMinutes(3)));
  }

  @Test
  void whatIsQueuedOrNotReachedYetIsRunning() {
    var plan = rig.plan(2);
    var _ = rig.queued(plan);

    assertThat(statuses(plan)).containsExactly(RUNNING, RUNNING, RUNNING, RUNNING);
    assertThat(rig.all(plan)).allSatisfy(run -> assertThat(run.results()).isEmpty());
  }

  @Test
  void eachDatabaseEndsOnItsOwn() {
    var plan = rig.plan(2);
    var claim = rig.running(plan);
    rig.answer(claim, 1, Status.ERROR);

    assertThat(statuses(plan)).containsExactly(RUNNING, RUNNING, DONE, DONE);
  }

  @Test
  void resultsOfAnEarlierAttemptAreNotShownWhileTheNextIsAtWork() {
    var plan = rig.plan(2);
    rig.done(plan, Status.SUCCESS, Status.SUCCESS);
    var claim = rig.running(plan);
    rig.answer(claim, 0, Status.WARNING);

    assertThat(statuses(plan)).containsExactly(DONE, DONE, RUNNING, RUNNING);
    assertThat(rig.all(plan).getLast().results()).isEmpty();
  }

  @Test
  void whatAPartialRunKeepsIsDoneAndKeepsItsTime() {
    var plan = rig.plan(2);
    rig.done(plan, Status.SUCCESS, Status.ERROR);
    rig.clock.advance(Duration.ofMinutes(3));

    var run = rig.runs.start(plan, RunScope.FAILED, "users/ann");

    assertThat(run.attempt()).isEqualTo(2);
    assertThat(statuses(plan)).containsExactly(DONE, DONE, RUNNING, RUNNING);
    assertThat(rig.all(plan).getFirst().createdAt()).isEqualTo(LegacyRig.BEGIN);
    assertThat(rig.all(plan).getLast().createdAt())
        .isEqualTo(LegacyRig.BEGIN.plus(Duration.ofMinutes(3)));
  }

  @Test
  void aCheckThatWasNotPerformedIsFailedWithItsCauseAndAnError() {
    var plan = rig.plan(2);
    rig.done(plan, Status.SUCCESS, null);
    var run = rig.all(plan).getLast();

    assertThat(statuses(plan)).containsExactly(DONE, DONE, FAILED, FAILED);
    assertThat(run.error()).isEqualTo("tenant_001 is away");
    assertThat(run.results())
        .containsExactly(LegacyResult.error("Check failed", "tenant_001 is away"));
  }

  @Test
  void ofACanceledRunWhatWasFoundIsDoneAndTheRestIsCanceled() {
    var plan = rig.plan(2);
    var claim = rig.running(plan);
    rig.answer(claim, 0, Status.SUCCESS);
    var _ = rig.runs.cancel(plan, "users/ann");

    assertThat(statuses(plan)).containsExactly(DONE, DONE, CANCELED, CANCELED);
  }

  @Test
  void aRunThatIsCanceledWithEverythingFoundIsCanceledThroughout() {
    var plan = rig.plan(2);
    var claim = rig.running(plan);
    rig.answer(claim, 0, Status.SUCCESS);
    rig.answer(claim, 1, Status.SUCCESS);
    var _ = rig.runs.cancel(plan, "users/ann");

    assertThat(statuses(plan)).containsOnly(CANCELED);
    assertThat(rig.all(plan).getFirst().results()).hasSize(1);
  }

  @Test
  void ofAFailedRunTheRestIsFailedWithItsError() {
    var plan = rig.plan(2);
    var claim = rig.running(plan);
    rig.answer(claim, 0, Status.SUCCESS);
    rig.memory.shards().fail(claim, "the disk is full");

    assertThat(statuses(plan)).containsExactly(DONE, DONE, FAILED, FAILED);
    assertThat(rig.all(plan).getLast().error()).isEqualTo("the disk is full");
    assertThat(rig.all(plan).getLast().results())
        .containsExactly(LegacyResult.error("Check failed", "the disk is full"));
  }

  @Test
  void whatSamplingLeftOutIsDoneWithAWarning() {
    rig.settings(settings -> settings.withSamplingSize(1));
    var plan = rig.plan(2);
    rig.done(plan, Status.SUCCESS);

    assertThat(statuses(plan)).containsOnly(DONE);
    assertThat(rig.service.all(plan, LegacyFilter.parse("result_status == \"WARNING\"")))
        .hasSize(2)
        .allSatisfy(run ->
            assertThat(run.results())
                .containsExactly(
                    LegacyResult.warning(
                        "Not checked",
                        "This database was not among those that sampling chose to check.")));
  }

  @Test
  void aRunThatIsOutOfDateIsFailedAndSaysWhy() {
    var plan = rig.plan(2);
    rig.done(plan, Status.SUCCESS, Status.SUCCESS);
    rig.edit(plan, rig.change("change", "SELECT 1;", 2));
    var run = rig.all(plan).getFirst();

    assertThat(statuses(plan)).containsOnly(FAILED);
    assertThat(run.error())
        .isEqualTo(
            "these results do not count any more, because the plan was edited (version 2, checked"
                + " 1): run the checks again");
    assertThat(run.results())
        .extracting(LegacyResult::status)
        .containsExactly(Status.SUCCESS, Status.ERROR);
  }

  @Test
  void twoSpecsWithOneSheetAndOneDatabaseAreOneRunThatWaitsForBoth() {
    var plan = rig.plan(rig.change("first", "SELECT 1;", 1), rig.change("second", "SELECT 1;", 1));
    var claim = rig.running(plan);
    rig.answer(claim, 0, Status.SUCCESS);

    assertThat(statuses(plan)).containsExactly(RUNNING, RUNNING);
    rig.answer(claim, 1, Status.ERROR);
    rig.memory.shards().complete(claim);
    assertThat(statuses(plan)).containsExactly(DONE, DONE);
    assertThat(rig.all(plan).getFirst().results())
        .extracting(LegacyResult::status)
        .containsExactly(Status.SUCCESS, Status.ERROR);
  }

  @Test
  void twoSheetsOnOneDatabaseAreRunsOfTheirOwn() {
    var plan = rig.plan(rig.change("first", "SELECT 1;", 1), rig.change("second", "SELECT 2;", 1));
    rig.done(plan, Status.ERROR, Status.SUCCESS);

    assertThat(rig.all(plan)).hasSize(4);
    assertThat(rig.service.all(plan, LegacyFilter.parse("result_status == \"ERROR\""))).hasSize(2);
  }

  @Test
  void rowsThatAreNotKnownAreNeverToldAsNone() {
    var plan = rig.plan(2);
    var claim = rig.running(plan);
    rig.answer(claim, 0, List.of(performed(CheckType.STATEMENT_ADVISE, null), unknownRows()));
    rig.answer(claim, 1, Status.SUCCESS);
    assertThat(rig.memory.shards().complete(claim)).isTrue();

    assertThat(rig.all(plan).get(1).results().getFirst().summary())
        .isEqualTo(new LegacyResult.Summary(List.of("UPDATE"), 2_147_483_647L));
  }

  @Test
  void anEmptyListMeansThatThereIsNothingToCheck() {
    var create = rig.plan(new Spec.CreateDatabase("new", "pg", "books"));

    assertThat(rig.all(create)).isEmpty();
    assertThat(rig.service.page(create, LegacyFilter.ALL, 10, null).runs()).isEmpty();
  }

  @Test
  void aPlanThatWasNeverCheckedOrMatchesNothingIsRefusedInsteadOfEmpty() {
    assertRefused(
        Code.FAILED_PRECONDITION,
        "projects/shop/plans/1 was never checked (expected: a run; start one with"
            + " projects/shop/plans/1:runPlanChecks)",
        () -> rig.all(rig.plan(2)));
    assertRefused(
        Code.FAILED_PRECONDITION,
        "spec change of projects/shop/plans/2 matches no database (expected: at least one)",
        () -> rig.all(rig.plan(0)));
    assertRefused(
        Code.NOT_FOUND,
        "projects/shop/plans/99 does not exist",
        () -> rig.all(new PlanName("shop", 99)));
  }

  @Test
  void oneRunIsReadByItsName() {
    var plan = rig.plan(2);
    rig.done(plan, Status.SUCCESS, Status.ERROR);
    var last = rig.all(plan).getLast();

    assertThat(rig.service.get(plan, last.uid())).isEqualTo(last);
    assertRefused(
        Code.NOT_FOUND,
        "projects/shop/plans/1/planCheckRuns/99 does not exist",
        () -> rig.service.get(plan, 99));
  }

  @Test
  void aCheckThatThePlanDoesNotMakeAnyMoreIsGone() {
    var plan = rig.plan(2);
    rig.done(plan, Status.SUCCESS, Status.SUCCESS);
    var last = rig.all(plan).getLast().uid();
    rig.edit(plan, rig.change("change", "SELECT 1;", 1));
    rig.done(plan, Status.SUCCESS);

    assertThat(rig.all(plan)).hasSize(2);
    assertRefused(
        Code.NOT_FOUND,
        "projects/shop/plans/1/planCheckRuns/%d does not exist".formatted(last),
        () -> rig.service.get(plan, last));
  }

  private static Result unknownRows() {
    return performed(
        CheckType.STATEMENT_SUMMARY_REPORT,
        new SummaryReport("print", List.of("UPDATE"), List.of(), AffectedRows.unknown("no plan")));
  }

  private static Result performed(CheckType type, @Nullable SummaryReport report) {
    return new Result(
        Samples.databases("pg", 1).getFirst(),
        "change",
        Sheet.of("SELECT 1;").sha256(),
        type,
        Outcome.PERFORMED,
        Finding.OK,
        report);
  }

  private List<LegacyStatus> statuses(PlanName plan) {
    return rig.all(plan).stream().map(LegacyRun::status).toList();
  }

  private static void assertRefused(Code code, String message, ThrowingCallable call) {
    assertThatExceptionOfType(ApiException.class)
        .isThrownBy(call)
        .withMessage(message)
        .satisfies(refusal -> assertThat(refusal.code()).isEqualTo(code));
  }
}
