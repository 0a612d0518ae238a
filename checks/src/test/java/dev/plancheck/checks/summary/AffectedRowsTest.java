// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.summary;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plancheck.checks.summary.AffectedRows.Method;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AffectedRowsTest {
  @ParameterizedTest
  @CsvSource({
    "COUNTED, COUNTED, COUNTED, 30",
    "COUNTED, ESTIMATED, ESTIMATED, 30",
    "ESTIMATED, UPPER_BOUND, UPPER_BOUND, 30",
    "AT_LEAST, COUNTED, AT_LEAST, 30",
    "AT_LEAST, ESTIMATED, AT_LEAST, 30",
    "AT_LEAST, AT_LEAST, AT_LEAST, 30",
    "AT_LEAST, UPPER_BOUND, AT_LEAST, 10",
    "UPPER_BOUND, AT_LEAST, AT_LEAST, 20",
  })
  void aSumIsAsGoodAsItsWeakestPart(Method first, Method second, Method sum, long rows) {
    var ten = new AffectedRows(first, 10L, "");
    var twenty = new AffectedRows(second, 20L, "");

    assertThat(ten.plus(twenty)).isEqualTo(new AffectedRows(sum, rows, ""));

    var total = new RowSum();
    total.add(ten);
    total.add(twenty);
    assertThat(total.sum()).isEqualTo(ten.plus(twenty));
  }

  @ParameterizedTest
  @CsvSource({"COUNTED", "AT_LEAST"})
  void nothingMakesTheUnknownKnown(Method other) {
    var sum = AffectedRows.unknown("why").plus(new AffectedRows(other, 10L, ""));

    assertThat(sum).isEqualTo(AffectedRows.unknown("why"));
  }
}
