// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plancheck.checks.plan.Instance.GhostProbe;
import org.junit.jupiter.api.Test;

/// Names of databases in which a copy may be made.
final class ScratchSchemaTest {
  @Test
  void isNeededForCopiesOnly() {
    assertThat(ScratchSchema.flaw(GhostProbe.CLONE, "")).isPresent();
    assertThat(ScratchSchema.flaw(GhostProbe.DATA, "")).isEmpty();
    assertThat(ScratchSchema.flaw(GhostProbe.CLONE, "scratch `é")).isEmpty();
  }

  @Test
  void isNoDatabaseOfTheServerAndNoNameThatThereCannotBe() {
    for (var name :
        new String[] {"mysql", "SYS", "Performance_Schema", "a ", " ", "a\nb", "a".repeat(65)}) {
      assertThat(ScratchSchema.flaw(GhostProbe.OFF, name)).as(name).isPresent();
    }
    assertThat(ScratchSchema.flaw(GhostProbe.CLONE, "😀".repeat(64))).isEmpty();
  }
}
