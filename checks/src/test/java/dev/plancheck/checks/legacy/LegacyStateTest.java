// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.legacy;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plancheck.checks.contract.Samples;
import dev.plancheck.checks.legacy.LegacyState.OfPlan;
import dev.plancheck.checks.legacy.LegacyUid.Told;
import dev.plancheck.checks.plan.PlanName;
import dev.plancheck.checks.run.CheckTarget;
import dev.plancheck.checks.run.CheckType;
import dev.plancheck.checks.run.FoundResult;
import dev.plancheck.checks.run.PlanCheckRun;
import dev.plancheck.checks.run.Result;
import dev.plancheck.checks.run.RunCounts;
import dev.plancheck.checks.run.RunOrder;
import dev.plancheck.checks.summary.AffectedRows;
import dev.plancheck.checks.summary.SummaryReport;
import dev.plancheck.engine.review.Finding;
import dev.plancheck.engine.review.Status;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What old rows say of themselves after their migration.
final class LegacyStateTest {
  private static final Instant CREATED = Instant.parse("2025-11-30T08:00:00Z");
  private static final Instant MIGRATED = Instant.parse("2026-01-01T12:00:00Z");
  private static final CheckTarget TARGET = Samples.config(1).targets().getFirst();
  private static final LegacyCheck CHECK =
      new LegacyCheck(TARGET.target(), TARGET.sheet(), CheckType.STATEMENT_SUMMARY_REPORT);

  @ParameterizedTest
  @EnumSource(names = "RUNNING", mode = EnumSource.Mode.EXCLUDE)
  void anOldRowSaysWhatItSaid(LegacyStatus status) {
    var run = run(migrated(), told(1, status, "why"), result("legacy.201", Status.ERROR, null));

    assertThat(run.status()).isEqualTo(status);
    assertThat(run.error()).isEqualTo("why");
    assertThat(run.createdAt()).isEqualTo(CREATED);
    assertThat(run.results())
        .containsExactly(new LegacyResult(Status.ERROR, "Title", "Content", 201, null, null));
  }

  @Test
  void whatStandsForAnOldRowInTheRecordIsNoResultOfIt() {
    var run =
        run(
            migrated(),
            told(1, LegacyStatus.FAILED, "connection refused"),
            Result.notPerformed(TARGET, CHECK.type(), "connection refused"));

    assertThat(run.results()).isEmpty();
    assertThat(run.error()).isEqualTo("connection refused");
  }

  @Test
  void aCountThatWasEndedIsNotToldAsItsNumber() {
    var counted = new AffectedRows(AffectedRows.Method.COUNTED, 10_001L, "");
    var ended = new AffectedRows(AffectedRows.Method.AT_LEAST, 10_001L, "");

    assertThat(legacyRows(counted)).isEqualTo(10_001);
    assertThat(legacyRows(ended)).isEqualTo(LegacyResult.UNKNOWN_ROWS);
  }

  @Test
  void anOldReportKeepsItsZero() {
    var report =
        new SummaryReport("", List.of("UPDATE"), List.of(), AffectedRows.unknown("not said"));

    assertThat(
            run(migrated(), told(1, LegacyStatus.DONE, ""), result("", Status.SUCCESS, report))
                .results())
        .containsExactly(
            new LegacyResult(
                Status.SUCCESS,
                "Title",
                "Content",
                0,
                null,
                new LegacyResult.Summary(List.of("UPDATE"), 0)));
  }

  @Test
  void anOldRowOfAPlanThatWasEditedSinceDoesNotCount() {
    var edited = new OfPlan(migrated().run(), "", true);

    var run = run(edited, told(1, LegacyStatus.DONE, ""), result("", Status.SUCCESS, null));

    assertThat(run.status()).isEqualTo(LegacyStatus.FAILED);
    assertThat(run.results())
        .extracting(LegacyResult::status)
        .containsExactly(Status.SUCCESS, Status.ERROR);
  }

  @Test
  void withTheNextAttemptTheRecordSpeaks() {
    var run =
        run(
            new OfPlan(done(), "", false),
            told(9, LegacyStatus.CANCELED, ""),
            result("table.drop", Status.WARNING, null));

    assertThat(run.status()).isEqualTo(LegacyStatus.DONE);
    assertThat(run.createdAt()).isEqualTo(MIGRATED);
    assertThat(run.results())
        .containsExactly(
            new LegacyResult(
                Status.WARNING, "Title", "Content", LegacyResult.UNNUMBERED, null, null));
  }

  @Test
  void aRowThatWasRunningIsFailedByWhatTheRecordSaysOfIt() {
    var run =
        run(
            migrated(),
            null,
            Result.notPerformed(
                TARGET, CHECK.type(), "The check was running when it was migrated"));

    assertThat(run.status()).isEqualTo(LegacyStatus.FAILED);
    assertThat(run.error()).isEqualTo("The check was running when it was migrated");
  }

  @Test
  void aFilterSeesWhatIsShown() {
    var gathered = gathered(Result.notPerformed(TARGET, CHECK.type(), "gone"));
    var told = LegacyState.of(migrated(), gathered, told(1, LegacyStatus.FAILED, "gone"));
    var ours = LegacyState.of(migrated(), gathered, null);

    assertThat(told.statuses(gathered)).isEmpty();
    assertThat(ours.statuses(gathered)).isEqualTo(Set.of(Status.ERROR));
  }

  private static long legacyRows(AffectedRows affected) {
    var report = new SummaryReport("", List.of("UPDATE"), List.of(), affected);
    var summary = LegacyResult.of(result("", Status.SUCCESS, report)).summary();
    return requireNonNull(summary).affectedRows();
  }

  private static LegacyRun run(OfPlan plan, @Nullable Told told, Result result) {
    var gathered = gathered(result);
    return LegacyState.of(plan, gathered, told)
        .run(plan, gathered, new LegacyUid(7001, CHECK, told));
  }

  private static Gathered gathered(Result result) {
    var gathered = Gathered.results();
    gathered.expect(TARGET);
    assertThat(gathered.add(new FoundResult(result, MIGRATED, false))).isTrue();
    return gathered;
  }

  private static Told told(int attempt, LegacyStatus status, String error) {
    return new Told(attempt, status, error, CREATED);
  }

  private static Result result(String rule, Status status, @Nullable SummaryReport report) {
    return Result.performed(
        TARGET, CHECK.type(), new Finding(rule, status, "Title", "Content", null), report);
  }

  /// FAILED, for another row of the plan; out of date, as every migrated run is for our gate.
  private static OfPlan migrated() {
    return new OfPlan(
        started().withFailure("another row was running", MIGRATED),
        "the review policy was changed",
        false);
  }

  private static PlanCheckRun done() {
    return started().withEnd(RunCounts.planned(1, 1).withDone(1), MIGRATED, MIGRATED);
  }

  private static PlanCheckRun started() {
    return PlanCheckRun.first(
            1, new PlanName("shop", 1), RunOrder.whole(Samples.config(1), 10, "ann"), MIGRATED)
        .withStart(MIGRATED);
  }
}
