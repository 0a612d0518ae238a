// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plancheck.checks.ApiException.Code;
import dev.plancheck.checks.legacy.LegacyCheck;
import dev.plancheck.checks.legacy.LegacyUid;
import dev.plancheck.checks.plan.DatabaseName;
import dev.plancheck.checks.plan.PlanName;
import dev.plancheck.checks.run.CheckType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What every [dev.plancheck.checks.legacy.LegacyUids] does.
public abstract class LegacyUidsContract extends StorageContract {
  private static final DatabaseName BOOKS = new DatabaseName("pg", "books");
  private static final DatabaseName ODD = new DatabaseName("pg-é", "odd/name \\ \0 😀");

  @Test
  void givesNewNamesInTheOrderOfTheChecks() {
    var plan = plan();
    var checks = List.of(advise(ODD), summary(BOOKS), advise(BOOKS));

    var given = ports().legacyUids().give(plan, checks);

    assertThat(given).extracting(LegacyUid::check).containsExactlyElementsOf(checks);
    assertThat(given).extracting(LegacyUid::uid).isSorted().doesNotHaveDuplicates();
    assertThat(given).extracting(LegacyUid::told).containsOnlyNulls();
  }

  @Test
  void aCheckKeepsItsNameAndNewOnesGetGreaterOnes() {
    var plan = plan();
    var first = ports().legacyUids().give(plan, List.of(advise(BOOKS), summary(BOOKS)));

    var second =
        ports().legacyUids().give(plan, List.of(advise(ODD), summary(BOOKS), advise(BOOKS)));

    assertThat(second).startsWith(first.getFirst(), first.getLast());
    assertThat(second).hasSize(3);
    assertThat(second.getLast().check()).isEqualTo(advise(ODD));
    assertThat(ports().legacyUids().give(plan, List.of(summary(BOOKS))))
        .containsExactly(first.getLast());
  }

  @Test
  void tellsChecksApartByEveryPartOfTheirs() {
    var otherSheet = new LegacyCheck(BOOKS, "f".repeat(64), CheckType.STATEMENT_ADVISE);

    var given =
        ports()
            .legacyUids()
            .give(plan(), List.of(advise(BOOKS), otherSheet, summary(BOOKS), advise(ODD)));

    assertThat(given).extracting(LegacyUid::uid).hasSize(4).doesNotHaveDuplicates();
  }

  @Test
  void aCheckThatIsThereTwiceHasOneName() {
    assertThat(ports().legacyUids().give(plan(), List.of(advise(BOOKS), advise(BOOKS)))).hasSize(1);
  }

  @Test
  void noTwoPlansShareAName() {
    var one = ports().legacyUids().give(plan(), List.of(advise(BOOKS))).getFirst();
    var other = ports().legacyUids().give(plan(), List.of(advise(BOOKS))).getFirst();

    assertThat(other.uid()).isNotEqualTo(one.uid());
  }

  @Test
  void findsNamesOfTheirPlanOnly() {
    var plan = plan();
    var given = ports().legacyUids().give(plan, List.of(advise(BOOKS), summary(BOOKS)));
    var uid = given.getFirst().uid();
    var foreign = ports().legacyUids().give(plan(), List.of(advise(BOOKS))).getFirst().uid();

    assertThat(ports().legacyUids().find(plan, Set.of(uid, foreign, 987_654L)))
        .containsOnly(Map.entry(uid, given.getFirst()));
    assertThat(ports().legacyUids().find(new PlanName("nobody", 3), Set.of(uid))).isEmpty();
  }

  @Test
  void refusesAPlanThatDoesNotExist() {
    assertRefused(
        Code.NOT_FOUND,
        () -> ports().legacyUids().give(new PlanName("shop", 99), List.of(advise(BOOKS))));
  }

  @Test
  void callsAtTheSameTimeGetTheSameNames() throws Exception {
    var plan = plan();
    var checks = Samples.databases("pg", 200).stream().map(LegacyUidsContract::advise).toList();
    List<List<LegacyUid>> answers = Collections.synchronizedList(new ArrayList<>());

    Parallel.run(8, _ -> answers.add(ports().legacyUids().give(plan, checks)));

    assertThat(answers).hasSize(8).containsOnly(ports().legacyUids().give(plan, checks));
    assertThat(answers.getFirst()).hasSize(200);
  }

  private PlanName plan() {
    return Samples.plan(ports(), "shop", 2).name();
  }

  private static LegacyCheck advise(DatabaseName target) {
    return new LegacyCheck(target, Samples.SHEET.sha256(), CheckType.STATEMENT_ADVISE);
  }

  private static LegacyCheck summary(DatabaseName target) {
    return new LegacyCheck(target, Samples.SHEET.sha256(), CheckType.STATEMENT_SUMMARY_REPORT);
  }
}
