// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.legacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.plancheck.checks.ApiException;
import dev.plancheck.engine.review.Status;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class LegacyFilterTest {
  @Test
  void noFilterIsAll() {
    assertThat(LegacyFilter.parse("")).isEqualTo(LegacyFilter.ALL);
    assertThat(LegacyFilter.ALL.matches(LegacyStatus.RUNNING, Set.of())).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void everyStatusCanBeAskedFor(LegacyStatus status) {
    var filter = LegacyFilter.parse("status == \"%s\"".formatted(status));

    for (var other : LegacyStatus.values()) {
      assertThat(filter.matches(other, Set.of())).isEqualTo(other == status);
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyResultStatusCanBeAskedFor(Status status) {
    var filter = LegacyFilter.parse("result_status == \"%s\"".formatted(status));

    assertThat(filter.matches(LegacyStatus.DONE, EnumSet.allOf(Status.class))).isTrue();
    assertThat(filter.matches(LegacyStatus.DONE, EnumSet.complementOf(EnumSet.of(status))))
        .isFalse();
    assertThat(filter.matches(LegacyStatus.RUNNING, Set.of())).isFalse();
  }

  @Test
  void listsAndBothVariablesTogether() {
    var filter =
        LegacyFilter.parse(
            "status in [\"DONE\", \"FAILED\"] && result_status in ['WARNING', 'ERROR']");

    assertThat(filter)
        .isEqualTo(
            new LegacyFilter(
                Set.of(LegacyStatus.DONE, LegacyStatus.FAILED),
                Set.of(Status.WARNING, Status.ERROR)));
    assertThat(filter.matches(LegacyStatus.FAILED, Set.of(Status.SUCCESS, Status.ERROR))).isTrue();
    assertThat(filter.matches(LegacyStatus.CANCELED, Set.of(Status.ERROR))).isFalse();
    assertThat(filter.matches(LegacyStatus.DONE, Set.of(Status.SUCCESS))).isFalse();
  }

  @Test
  void whatIsSaidOfOneVariableTwiceAddsUp() {
    assertThat(LegacyFilter.parse("status == \"DONE\" && status == \"FAILED\"").statuses())
        .containsExactlyInAnyOrder(LegacyStatus.DONE, LegacyStatus.FAILED);
  }

  @Test
  void theValueMayComeFirst() {
    assertThat(LegacyFilter.parse("\"DONE\" == status"))
        .isEqualTo(LegacyFilter.parse("status == \"DONE\""));
  }

  @Test
  void anUnspecifiedStatusIsWhatOldServersTookItFor() {
    assertThat(LegacyFilter.parse("status == \"STATUS_UNSPECIFIED\"").statuses())
        .containsExactly(LegacyStatus.RUNNING);
    assertThat(LegacyFilter.parse("result_status == \"STATUS_UNSPECIFIED\"").resultStatuses())
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '\0',
      textBlock =
          """
          status == "QUEUED" ~ line 1, column 11: QUEUED is no such status (expected: one of [RUNNING, DONE, FAILED, CANCELED])
          result_status in ["ERROR", "BAD"] ~ line 1, column 28: BAD is no such status (expected: one of [SUCCESS, WARNING, ERROR])
          status in [] ~ line 1, column 11: this is no list of texts (expected: ["DONE", "FAILED"])
          status in "DONE" ~ line 1, column 11: this is no list of texts (expected: ["DONE", "FAILED"])
          status == 3 ~ line 1, column 11: this is no text (expected: a status in quotes)
          status in ["DONE", 3] ~ line 1, column 20: this is no text (expected: a status in quotes)
          type == "DATABASE_CONNECT" ~ line 1, column 6: type is no variable (expected: status, result_status)
          status != "DONE" ~ line 1, column 8: _!=_ is not supported (expected: ==, in, &&)
          status == "DONE" || status == "FAILED" ~ line 1, column 18: _||_ is not supported (expected: ==, in, &&)
          status ~ line 1, column 1: this is no comparison (expected: status == "DONE")
          status == result_status ~ line 1, column 8: there is no value (expected: a text or a list of texts)
          """)
  void anythingElseIsRefusedWithItsPlace(String filter, String message) {
    assertThatExceptionOfType(ApiException.class)
        .isThrownBy(() -> LegacyFilter.parse(filter))
        .withMessage("filter: " + message)
        .satisfies(
            refusal -> assertThat(refusal.code()).isEqualTo(ApiException.Code.INVALID_ARGUMENT))
        .satisfies(refusal -> assertThat(refusal.field()).contains("filter"));
  }

  @Test
  void aTextThatIsNoCelIsRefusedWithItsPlace() {
    assertThatExceptionOfType(ApiException.class)
        .isThrownBy(() -> LegacyFilter.parse("status == \"DONE\" &&\n  ]"))
        .withMessageStartingWith("filter: line 2, column 3: ");
  }
}
