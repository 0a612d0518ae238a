// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.store.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import dev.plancheck.api.store.DeduplicatedResult;
import dev.plancheck.checks.contract.RandomResults;
import dev.plancheck.checks.plan.DatabaseName;
import dev.plancheck.checks.run.CheckType;
import dev.plancheck.checks.run.Outcome;
import dev.plancheck.checks.run.Result;
import dev.plancheck.engine.review.Finding;
import dev.plancheck.engine.review.Status;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Any flat list of results comes back as it was, and what repeats is held once.
final class ResultCodecTest {
  private static final DatabaseName BOOKS = new DatabaseName("pg", "books");

  @Test
  void givesAnyRandomListBack() {
    for (var seed = 0; seed < 300; seed++) {
      var results = RandomResults.of(seed, seed);
      assertThat(roundTrip(results)).as("results of seed %d", seed).isEqualTo(results);
    }
  }

  @Test
  void givesListsOfRealShapeBackInAnyOrder() {
    for (var results : samples()) {
      assertThat(roundTrip(results)).isEqualTo(results);
      var shuffled = new ArrayList<>(results);
      Collections.shuffle(shuffled, new Random(3));
      assertThat(roundTrip(shuffled)).isEqualTo(shuffled);
      Collections.reverse(shuffled);
      assertThat(roundTrip(shuffled)).isEqualTo(shuffled);
    }
  }

  @Test
  void givesTheEmptyListBack() {
    assertThat(ResultCodec.toJson(List.of())).isEqualTo("{}");
    assertThat(roundTrip(List.of())).isEmpty();
  }

  @Test
  void keepsTwoSpecsOnOneDatabaseApart() {
    var results =
        List.of(
            result("spec-1", "1".repeat(64), "one"),
            result("spec-2", "2".repeat(64), "one"),
            result("spec-2", "1".repeat(64), "one"),
            result("spec-1", "1".repeat(64), "one"));
    assertThat(roundTrip(results)).isEqualTo(results);
  }

  @Test
  void givesCharactersBackThatPostgresCannotHold() {
    var results = List.of(result("a\0b", "\ud83d", "\0 ␛ \udc00 😀"));
    var json = ResultCodec.toJson(results);
    assertThat(json).doesNotContain("\0").doesNotContain("\\u0000").contains("␛0000");
    assertThat(ResultCodec.fromJson(json)).isEqualTo(results);
  }

  @Test
  void holdsEachDistinctFindingOnceThoughEachTargetHasOneOfItsOwn() {
    var results = new ArrayList<Result>();
    for (var number = 0; number < 100; number++) {
      var target = new DatabaseName("pg", "tenant_" + number);
      results.add(result(target, "shared one"));
      results.add(result(target, "of tenant " + number));
      results.add(result(target, "shared two"));
    }
    var stored = stored(results);
    assertThat(stored.getFindingsList())
        .extracting(DeduplicatedResult.Finding::getContent)
        .hasSize(102)
        .doesNotHaveDuplicates();
    assertThat(stored.getTargetsCount()).isEqualTo(100);
    assertThat(stored.getChecksCount()).isEqualTo(1);
  }

  @Test
  void holdsTheFindingsOfAlikeTargetsOnce() {
    var stored = stored(SampleResults.ofTenants(1000));
    assertThat(stored.getTargetsList())
        .filteredOn(target -> target.getPattern() == 0)
        .as("lists of findings: one of all alike, ten of the drifted")
        .hasSize(11);
    assertThat(stored.getTargetsList())
        .filteredOn(DeduplicatedResult.TargetResults::hasSheetSha256)
        .hasSize(1);
    assertThat(stored.getTablesCount()).isEqualTo(2);
    assertThat(stored.getStatementTypesCount()).isEqualTo(1);
  }

  @Test
  void sharesInMemoryWhatIsStoredOnce() {
    var results = roundTrip(SampleResults.ofTenants(2));
    assertThat(results.get(6).finding()).isSameAs(results.getFirst().finding());
  }

  @Test
  void refusesFieldsAndValuesOfANewerVersion() {
    assertRefused("{\"colour\": \"red\"}", "colour");
    assertRefused("{\"findings\": [{\"severity2\": 1}]}", "severity2");
    assertRefused("{\"checks\": [{\"type\": \"PLAN_CHECK_TYPE_TOMORROW\"}]}", "TOMORROW");
    assertRefused(
        """
        {"checks": [{"type": 99, "outcome": "PERFORMED"}], "findings": [{"status": "ERROR"}]}
        """,
        "check type");
    assertRefused(
        """
        {"checks": [{"type": "PLAN_CHECK_TYPE_GHOST_SYNC", "outcome": "PERFORMED"}],
         "findings": [{"title": "no status"}]}
        """,
        "status");
  }

  @Test
  void refusesReferencesToNothing() {
    assertRefused("{\"targets\": [{\"target\": \"instances/a/databases/b\", \"pattern\": 1}]}", "");
    assertRefused(
        "{\"targets\": [{\"target\": \"instances/a/databases/b\", \"findings\": [0]}]}", "");
    assertRefused("{\"targets\": [{\"target\": \"books\", \"findings\": []}]}", "books");
    assertRefused("{\"targets\": [null]}", "");
    assertRefused("[]", "");
    assertRefused("", "");
  }

  private static List<List<Result>> samples() {
    return List.of(
        SampleResults.ofTenants(300),
        SampleResults.allDifferent(50),
        SampleResults.nothingToShare(50),
        SampleResults.inTurns(50),
        SampleResults.differentSummaries(50));
  }

  private static void assertRefused(String json, String named) {
    assertThatExceptionOfType(StoredFormatException.class)
        .isThrownBy(() -> ResultCodec.fromJson(json))
        .withMessageContaining("stored result cannot be read")
        .withMessageContaining(named);
  }

  private static List<Result> roundTrip(List<Result> results) {
    return ResultCodec.fromJson(ResultCodec.toJson(results));
  }

  private static DeduplicatedResult stored(List<Result> results) {
    var stored = DeduplicatedResult.newBuilder();
    try {
      JsonFormat.parser().merge(ResultCodec.toJson(results), stored);
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
    return stored.build();
  }

  private static Result result(DatabaseName target, String content) {
    var finding = new Finding("table.drop", Status.ERROR, "Drops a table", content, null);
    return new Result(
        target,
        "spec",
        "0".repeat(64),
        CheckType.STATEMENT_ADVISE,
        Outcome.PERFORMED,
        finding,
        null);
  }

  private static Result result(String spec, String sheet, String content) {
    var base = result(BOOKS, content);
    return new Result(
        BOOKS, spec, sheet, base.type(), base.outcome(), base.finding(), base.summary());
  }
}
