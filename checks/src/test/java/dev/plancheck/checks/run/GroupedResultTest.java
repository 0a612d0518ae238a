// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plancheck.checks.plan.DatabaseName;
import dev.plancheck.engine.review.Finding;
import dev.plancheck.engine.review.Status;
import java.util.List;
import org.junit.jupiter.api.Test;

final class GroupedResultTest {
  private static final DatabaseName A = new DatabaseName("i", "a");
  private static final DatabaseName B = new DatabaseName("i", "b");
  private static final Finding LOUD = new Finding("table.drop", Status.ERROR, "Drops", "t", null);

  @Test
  void equalRemarksAreOneGroupWithTheirTargetsInOrder() {
    var groups =
        GroupedResult.of(
            List.of(result(B, "s", LOUD), result(A, "s", Finding.OK), result(A, "s", LOUD)));

    assertThat(groups).extracting(GroupedResult::finding).containsExactly(LOUD, Finding.OK);
    assertThat(groups.getFirst().targets()).containsExactly(B, A);
  }

  @Test
  void twoSpecsOnOneDatabaseStayApart() {
    assertThat(GroupedResult.of(List.of(result(A, "s1", LOUD), result(A, "s2", LOUD)))).hasSize(2);
  }

  @Test
  void aTargetThatSaysTheSameTwiceCountsOnce() {
    var groups = GroupedResult.of(List.of(result(A, "s", LOUD), result(A, "s", LOUD)));

    assertThat(groups.getFirst().targets()).containsExactly(A);
  }

  private static Result result(DatabaseName target, String spec, Finding finding) {
    return new Result(
        target, spec, "sheet", CheckType.STATEMENT_ADVISE, Outcome.PERFORMED, finding, null);
  }
}
