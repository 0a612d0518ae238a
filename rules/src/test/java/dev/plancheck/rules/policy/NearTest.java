// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.rules.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class NearTest {
  private static final List<String> WORDS =
      List.of("index.create-without-concurrently", "table.drop", "column.drop", "table.truncate");

  @Test
  void typingErrorsAreUnderstood() {
    assertThat(Near.misses("index.create-witout-concurently", WORDS))
        .containsExactly("index.create-without-concurrently");
    assertThat(Near.misses("table.dorp", WORDS)).containsExactly("table.drop");
  }

  @Test
  void partsAreUnderstood() {
    assertThat(Near.misses("drop", WORDS)).containsExactly("column.drop", "table.drop");
  }

  @Test
  void somethingElseIsNoMiss() {
    assertThat(Near.hint("xyzzy", WORDS)).isEmpty();
    assertThat(Near.hint("", WORDS)).isEmpty();
  }
}
