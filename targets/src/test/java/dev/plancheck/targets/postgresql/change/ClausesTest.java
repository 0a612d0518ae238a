// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.postgresql.change;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ClausesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        " x = 1 FROM y ",
        " x = (1) from y ",
        " x = 'a' FROM y ",
        " x = 'a\\' FROM y --' ",
        " x = $$a$$ FROM y ",
        " x = 1 /* FROM */ ",
        " x = \"FROM\" FROM y ",
        " x = a IS DISTINCT FROM b FROM y "
      })
  void aFromOfTheStatementIsSeen(String text) {
    assertThat(Clauses.hasFrom(text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        " x = (SELECT 1 FROM y) WHERE ",
        " x = a IS NOT DISTINCT FROM b ",
        " x = extract(day FROM z), \"FROM\" = 1 ",
        " x = 'FROM ''FROM'' y' -- FROM\n",
        " fromage = 1 "
      })
  void otherFromsAreNone(String text) {
    assertThat(Clauses.hasFrom(text)).isFalse();
  }
}
