// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.dialect.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plancheck.engine.Engine;
import dev.plancheck.engine.dialect.Shape;
import dev.plancheck.engine.sql.Statement;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Statements of ordinary migrations and of a dump, and what becomes of each.
class CorpusTest {
  private static final List<String> COMMON =
      List.of(
          "corpus/tables.sql",
          "corpus/alter-table.sql",
          "corpus/data.sql",
          "corpus/session.sql",
          "corpus/objects.sql",
          "corpus/dump.sql");

  @TestFactory
  Stream<DynamicTest> lowersEachStatementForMysql() {
    return COMMON.stream().flatMap(file -> lowersAsExpected(Engine.MYSQL, file));
  }

  /// The two grammars differ; what comes of a statement does not.
  @TestFactory
  Stream<DynamicTest> lowersEachStatementForMariadb() {
    return COMMON.stream().flatMap(file -> lowersAsExpected(Engine.MARIADB, file));
  }

  @TestFactory
  Stream<DynamicTest> lowersWhatOnlyMariadbKnows() {
    return lowersAsExpected(Engine.MARIADB, "corpus/mariadb.sql");
  }

  @TestFactory
  Stream<DynamicTest> stillRejectsTheKnownGaps() {
    return Stream.concat(
            Resource.expectations(Engine.MYSQL, "known-gaps.sql").stream(),
            Resource.expectations(Engine.MARIADB, "known-gaps-mariadb.sql").stream())
        .map(gap ->
            DynamicTest.dynamicTest(
                gap.toString(),
                () ->
                    assertThat(gap.statement().statement())
                        .as("%s works now: move it to the corpus", gap.text())
                        .isInstanceOf(Statement.Rejected.class)));
  }

  @Test
  void isLargeEnoughToMeanSomething() {
    assertThat(
            COMMON.stream()
                .mapToInt(file -> Resource.expectations(Engine.MYSQL, file).size())
                .sum())
        .isGreaterThanOrEqualTo(270);
  }

  private static Stream<DynamicTest> lowersAsExpected(Engine engine, String file) {
    return Resource.expectations(engine, file).stream()
        .map(expected ->
            DynamicTest.dynamicTest(
                expected.toString(),
                () ->
                    assertThat(Shape.of(expected.statement().statement()))
                        .as("%s became %s", expected.text(), expected.statement().statement())
                        .isEqualTo(expected.shape())));
  }
}
