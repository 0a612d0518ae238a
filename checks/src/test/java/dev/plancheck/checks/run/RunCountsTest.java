// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class RunCountsTest {
  private static final RunCounts CLEAN = new RunCounts(5, 5, 5, 10, 0, 0, 0);

  @Test
  void onlyADoneRunWithoutAnythingMissingHasAVerdictOfItsOwn() {
    assertThat(CLEAN.verdict(RunStatus.DONE)).isEqualTo(Verdict.PASS);
    assertThat(CLEAN.verdict(RunStatus.FAILED)).isEqualTo(Verdict.INCOMPLETE);
    assertThat(CLEAN.verdict(RunStatus.CANCELED)).isEqualTo(Verdict.INCOMPLETE);
    assertThat(CLEAN.withDone(4).verdict(RunStatus.DONE)).isEqualTo(Verdict.INCOMPLETE);
  }

  @Test
  void whatWasNotPerformedWinsOverEveryOtherStatus() {
    assertThat(new RunCounts(5, 5, 5, 0, 9, 9, 1).verdict(RunStatus.DONE))
        .isEqualTo(Verdict.INCOMPLETE);
  }

  @Test
  void aSampledRunIsAWarningAtBest() {
    assertThat(new RunCounts(9, 5, 5, 10, 0, 0, 0).verdict(RunStatus.DONE)).isEqualTo(Verdict.WARN);
    assertThat(new RunCounts(9, 5, 5, 10, 0, 1, 0).verdict(RunStatus.DONE)).isEqualTo(Verdict.FAIL);
  }
}
