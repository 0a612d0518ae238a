// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.dialect.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plancheck.engine.dialect.Shape;
import dev.plancheck.engine.sql.Statement;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Statements of real migrations, all accepted by PostgreSQL 18, and what becomes of each. A new
/// gap in the grammar fails here; the known ones are in `known-gaps.sql` and fail when they work.
class CorpusTest {
  private static final List<String> CORPUS =
      List.of(
          "corpus/access.sql",
          "corpus/alter-table.sql",
          "corpus/data.sql",
          "corpus/indexes-and-views.sql",
          "corpus/routines.sql",
          "corpus/session.sql",
          "corpus/tables.sql",
          "corpus/types.sql");

  @TestFactory
  Stream<DynamicTest> lowersEachStatementOfTheCorpus() {
    return CORPUS.stream().flatMap(CorpusTest::lowersAsExpected);
  }

  @TestFactory
  Stream<DynamicTest> lowersEveryFormOfTheLockMatrix() {
    return lowersAsExpected("lock-matrix.sql");
  }

  @TestFactory
  Stream<DynamicTest> lowersFormsSeldomSeen() {
    return lowersAsExpected("seldom.sql");
  }

  @TestFactory
  Stream<DynamicTest> lowersFormsThatTheGrammarDoesNotKnow() {
    return lowersAsExpected("respelled.sql");
  }

  @TestFactory
  Stream<DynamicTest> stillRejectsTheKnownGaps() {
    return Resource.expectations("known-gaps.sql").stream()
        .map(gap ->
            DynamicTest.dynamicTest(
                gap.toString(),
                () ->
                    assertThat(gap.statement().statement())
                        .as("%s works now: move it to seldom.sql", gap.text())
                        .isInstanceOf(Statement.Rejected.class)));
  }

  @Test
  void listsNoMoreGapsThanAreAllowed() {
    assertThat(Resource.expectations("known-gaps.sql")).hasSizeLessThanOrEqualTo(16);
  }

  @Test
  void isLargeEnoughToMeanSomething() {
    assertThat(CORPUS.stream().mapToInt(file -> Resource.expectations(file).size()).sum())
        .isGreaterThanOrEqualTo(450);
    assertThat(Resource.expectations("lock-matrix.sql")).hasSizeGreaterThanOrEqualTo(95);
  }

  @Test
  void leavesOnlyDynamicStatementsOfTheCorpusUnanalysed() {
    assertThat(
            CORPUS.stream()
                .flatMap(file -> Resource.expectations(file).stream())
                .filter(e -> e.statement().statement() instanceof Statement.NotAnalysed)
                .map(e -> e.text().substring(0, 2)))
        .containsExactly("EX", "DO", "DO");
  }

  private static Stream<DynamicTest> lowersAsExpected(String file) {
    return Resource.expectations(file).stream()
        .map(expected ->
            DynamicTest.dynamicTest(
                expected.toString(),
                () ->
                    assertThat(Shape.of(expected.statement().statement()))
                        .as(expected.text())
                        .isEqualTo(expected.shape())));
  }
}
