// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.postgresql.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What the server makes of them is tested in [ConnectionContract].
final class LiteralsTest {
  @Test
  void doublesQuotesAndBackslashes() {
    assertThat(Literals.fill("SELECT ?", "a'b\\c")).isEqualTo("SELECT E'a''b\\\\c'");
  }

  @Test
  void putsEachValueInItsPlace() {
    assertThat(Literals.fill("? ? ? ?", true, 5, -7L, new ObjectIds(Set.of(9L, 1L))))
        .isEqualTo("true (5) (-7) '{1,9}'::pg_catalog.oid[]");
    assertThat(Literals.fill("?", List.of("a,b", "c\"d")))
        .isEqualTo("E'{\"a,b\",\"c\\\\\"d\"}'::pg_catalog.text[]");
  }

  @Test
  void neverLooksForPlacesInValues() {
    assertThat(Literals.fill("? ?", "?", "x")).isEqualTo("E'?' E'x'");
  }

  @Test
  void refusesWhatDoesNotFit() {
    assertThatIllegalArgumentException().isThrownBy(() -> Literals.fill("?"));
    assertThatIllegalArgumentException().isThrownBy(() -> Literals.fill("", "x"));
    assertThatIllegalArgumentException().isThrownBy(() -> Literals.fill("?", "a\0b"));
    assertThatIllegalArgumentException().isThrownBy(() -> Literals.fill("?", List.of("a\0b")));
    assertThatIllegalArgumentException().isThrownBy(() -> Literals.fill("?", 1.5));
    assertThatIllegalArgumentException().isThrownBy(() -> Literals.fill("?", List.of(1)));
  }
}
