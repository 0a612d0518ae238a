// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.legacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.plancheck.checks.ApiException;
import dev.plancheck.checks.ApiException.Code;
import dev.plancheck.checks.legacy.LegacyRunService.Cursor;
import dev.plancheck.checks.plan.PlanName;
import dev.plancheck.engine.review.Status;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Pages of virtual runs, and canceling them.
final class LegacyPagesTest {
  private final LegacyRig rig = new LegacyRig();

  @Test
  void pagesHoldEveryRunOnceAndWhatStopsThePlanFirst() {
    var plan = rig.plan(5);
    rig.done(plan, Status.SUCCESS, Status.ERROR, Status.SUCCESS, null, Status.WARNING);

    var paged = new ArrayList<LegacyRun>();
    Cursor cursor = null;
    do {
      var page = rig.service.page(plan, LegacyFilter.ALL, 3, cursor);
      paged.addAll(page.runs());
      cursor = page.next();
    } while (cursor != null);

    assertThat(paged).containsExactlyInAnyOrderElementsOf(rig.all(plan));
    assertThat(databases(paged))
        .containsExactly(
            "tenant_001",
            "tenant_001",
            "tenant_003",
            "tenant_003",
            "tenant_000",
            "tenant_000",
            "tenant_002",
            "tenant_002",
            "tenant_004",
            "tenant_004");
  }

  @Test
  void aFilterHoldsOnEveryPage() {
    var plan = rig.plan(5);
    rig.done(plan, Status.SUCCESS, Status.ERROR, Status.ERROR, null, Status.WARNING);
    var filter = LegacyFilter.parse("status == \"DONE\" && result_status == \"ERROR\"");

    var first = rig.service.page(plan, filter, 3, null);
    var second = rig.service.page(plan, filter, 3, first.next());

    assertThat(databases(first.runs())).containsExactly("tenant_001", "tenant_001", "tenant_002");
    assertThat(databases(second.runs())).containsExactly("tenant_002");
    assertThat(second.next()).isNull();
  }

  @Test
  void aRunThatEndsBetweenTwoPagesIsSeenAgainAndNeverMissed() {
    var plan = rig.plan(3);
    var claim = rig.running(plan);

    var first = rig.service.page(plan, LegacyFilter.ALL, 2, null);
    rig.answer(claim, 0, Status.SUCCESS);
    var second = rig.service.page(plan, LegacyFilter.ALL, 2, first.next());
    var third = rig.service.page(plan, LegacyFilter.ALL, 9, second.next());

    assertThat(databases(first.runs())).containsExactly("tenant_000", "tenant_000");
    assertThat(databases(second.runs())).containsExactly("tenant_001", "tenant_001");
    assertThat(databases(third.runs()))
        .containsExactly("tenant_002", "tenant_002", "tenant_000", "tenant_000");
  }

  @Test
  void pagesOfTwoAttemptsAreNeverMixed() {
    var plan = rig.plan(3);
    rig.done(plan, Status.SUCCESS, Status.SUCCESS, Status.SUCCESS);
    var first = rig.service.page(plan, LegacyFilter.ALL, 2, null);
    rig.done(plan, Status.ERROR, Status.SUCCESS, Status.SUCCESS);

    assertRefused(Code.ABORTED, () -> next(plan, first.next()));
  }

  @Test
  void pagesBeforeAndAfterAnEditAreNeverMixed() {
    var plan = rig.plan(3);
    rig.done(plan, Status.SUCCESS, Status.SUCCESS, Status.SUCCESS);
    var first = rig.service.page(plan, LegacyFilter.ALL, 2, null);
    rig.edit(plan, rig.change("change", "SELECT 2;", 3));

    assertRefused(Code.ABORTED, () -> next(plan, first.next()));
  }

  @Test
  void cancelingOneRunCancelsThePlansRun() {
    var plan = rig.plan(2);
    var claim = rig.running(plan);
    rig.answer(claim, 0, Status.SUCCESS);

    rig.service.cancel(plan, List.of(rig.all(plan).getLast().uid()), "users/kim");

    assertThat(rig.all(plan))
        .extracting(LegacyRun::status)
        .containsExactly(
            LegacyStatus.DONE, LegacyStatus.DONE, LegacyStatus.CANCELED, LegacyStatus.CANCELED);
    assertThat(rig.memory.runs().events(plan, 0, 10).getLast().actor()).isEqualTo("users/kim");
  }

  @Test
  void nothingIsCanceledWhenOneOfTheRunsIsNotRunning() {
    var plan = rig.plan(2);
    var claim = rig.running(plan);
    rig.answer(claim, 0, Status.SUCCESS);
    var all = rig.all(plan);

    assertThatExceptionOfType(ApiException.class)
        .isThrownBy(() ->
            rig.service.cancel(
                plan, List.of(all.getLast().uid(), all.getFirst().uid()), "users/kim"))
        .withMessage(
            "projects/shop/plans/1/planCheckRuns/%d is DONE (expected: RUNNING)"
                .formatted(all.getFirst().uid()))
        .satisfies(refusal -> assertThat(refusal.code()).isEqualTo(Code.INVALID_ARGUMENT));
    assertThat(rig.all(plan)).isEqualTo(all);
  }

  @Test
  void whatIsOverCannotBeCanceled() {
    var plan = rig.plan(1);
    rig.done(plan, Status.SUCCESS);

    assertRefused(
        Code.INVALID_ARGUMENT,
        () -> rig.service.cancel(plan, List.of(rig.all(plan).getFirst().uid()), "users/kim"));
  }

  @Test
  void uidsThatAreNoneOfThePlanArePassedOver() {
    var plan = rig.plan(1);
    var _ = rig.queued(plan);
    var other = rig.plan(1);
    var _ = rig.queued(other);
    var foreign = rig.all(other).getFirst().uid();

    rig.service.cancel(plan, List.of(4711L, foreign), "users/kim");

    assertThat(rig.all(plan)).extracting(LegacyRun::status).containsOnly(LegacyStatus.RUNNING);
    assertThat(rig.all(other)).extracting(LegacyRun::status).containsOnly(LegacyStatus.RUNNING);
    assertRefused(
        Code.NOT_FOUND,
        () -> rig.service.cancel(new PlanName("shop", 99), List.of(4711L), "users/kim"));
  }

  private void next(PlanName plan, @Nullable Cursor cursor) {
    var _ = rig.service.page(plan, LegacyFilter.ALL, 2, cursor);
  }

  private static List<String> databases(List<LegacyRun> runs) {
    return runs.stream().map(run -> run.check().target().database()).toList();
  }

  private static void assertRefused(Code code, ThrowingCallable call) {
    assertThatExceptionOfType(ApiException.class)
        .isThrownBy(call)
        .satisfies(refusal -> assertThat(refusal.code()).isEqualTo(code));
  }
}
