// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.cli.input;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

final class NaturalOrderTest {
  @Test
  void numbersCountAsNumbers() {
    var sorted =
        List.of(
            "",
            "V1__a.sql",
            "V1.1__b.sql",
            "V2__a.sql",
            "V10__a.sql",
            "V99999999999999999999__z.sql",
            "a",
            "a/1.sql",
            "a/01.sql",
            "a/2.sql",
            "b");
    var shuffled = new ArrayList<>(sorted);
    Collections.reverse(shuffled);
    shuffled.sort(NaturalOrder.INSTANCE);
    assertThat(shuffled).containsExactlyInAnyOrderElementsOf(sorted);
    assertThat(shuffled)
        .containsSubsequence("V1__a.sql", "V2__a.sql", "V10__a.sql", "V99999999999999999999__z.sql")
        .containsSubsequence("", "a", "a/2.sql", "b")
        .isSortedAccordingTo(NaturalOrder.INSTANCE);
  }

  @Test
  void namesThatDifferAreNeverEqual() {
    assertThat(NaturalOrder.INSTANCE.compare("a01", "a1")).isNotZero();
    assertThat(NaturalOrder.INSTANCE.compare("a1", "a1")).isZero();
    assertThat(NaturalOrder.INSTANCE.compare("a1", "a01"))
        .isEqualTo(-NaturalOrder.INSTANCE.compare("a01", "a1"));
  }
}
