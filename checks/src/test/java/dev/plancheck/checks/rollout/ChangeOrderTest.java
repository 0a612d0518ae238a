// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.rollout;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import dev.plancheck.checks.plan.DatabaseName;
import dev.plancheck.checks.plan.Sheet;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class ChangeOrderTest {
  @Test
  void aTaskHasANameThatFitsOnTheTarget() {
    assertThatNoException().isThrownBy(() -> named("t".repeat(200)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> named(""))
        .withMessage("task: 0 characters (expected: 1 to 200, no NUL)");
    assertThatIllegalArgumentException().isThrownBy(() -> named("t".repeat(201)));
    assertThatIllegalArgumentException().isThrownBy(() -> named("a\0b"));
  }

  @Test
  void limitsAreBounded() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> limits(Duration.ZERO, 1))
        .withMessage("lock: PT0S (expected: >= 1 ms)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> limits(Duration.ofSeconds(1), 101))
        .withMessage("retries: 101 (expected: 0 to 100)");
  }

  private static void named(String task) {
    new ChangeOrder(
        task,
        new DatabaseName("one", "shop"),
        Sheet.of("SELECT 1"),
        null,
        false,
        ChangeLimits.DEFAULT);
  }

  private static void limits(Duration lock, int retries) {
    new ChangeLimits(Duration.ofSeconds(1), lock, Duration.ZERO, retries, Duration.ofMillis(1));
  }
}
