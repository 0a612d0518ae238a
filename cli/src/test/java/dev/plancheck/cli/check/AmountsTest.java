// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.cli.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plancheck.checks.summary.AffectedRows;
import dev.plancheck.checks.summary.AffectedRows.Method;
import org.junit.jupiter.api.Test;

final class AmountsTest {
  @Test
  void everyNumberSaysHowItWasObtained() {
    assertThat(shown(Method.COUNTED)).isEqualTo("1,234");
    assertThat(shown(Method.ESTIMATED)).isEqualTo("~1,234");
    assertThat(shown(Method.UPPER_BOUND)).isEqualTo("at most 1,234");
    assertThat(shown(Method.AT_LEAST)).isEqualTo("at least 1,234");
    assertThat(Amounts.affected(AffectedRows.unknown("why"))).isEqualTo("unknown");
  }

  private static String shown(Method method) {
    return Amounts.affected(new AffectedRows(method, 1_234L, ""));
  }
}
