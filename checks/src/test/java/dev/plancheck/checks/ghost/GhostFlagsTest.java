// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.ghost;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Which flags a plan may have, and with which values.
final class GhostFlagsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "chunk-size|abc|gh-ost flag chunk-size: 'abc' (expected: a whole number)",
        "cut-over-lock-timeout-seconds|11|gh-ost flag cut-over-lock-timeout-seconds: '11'"
            + " (expected: a whole number from 1 to 10)",
        "exponential-backoff-max-interval|1|gh-ost flag exponential-backoff-max-interval: '1'"
            + " (expected: a whole number >= 2)",
        "allow-on-master|yes|gh-ost flag allow-on-master: 'yes' (expected: true or false)",
        "nice-ratio|NaN|gh-ost flag nice-ratio: 'NaN' (expected: a number)",
        "max-load|Threads_running|gh-ost flag max-load: 'Threads_running' (expected:"
            + " name=number,... as in Threads_running=25)"
      })
  void refusesValuesThatGhostWould(String flag, String value, String message) {
    assertThat(GhostFlags.flaw(Map.of(flag, value))).contains(message);
  }

  @Test
  void refusesFlagsThatExcludeEachOther() {
    assertThat(GhostFlags.flaw(Map.of("assume-rbr", "true", "switch-to-rbr", "1"))).isPresent();
    assertThat(GhostFlags.flaw(Map.of("assume-rbr", "false", "switch-to-rbr", "1"))).isEmpty();
  }

  @Test
  void takesEveryFlagAtItsUsualValue() {
    for (var flag : GhostFlag.values()) {
      assertThat(GhostFlags.flaw(Map.of(flag.word(), flag.usual()))).as(flag.word()).isEmpty();
    }
    assertThat(GhostFlag.values()).hasSize(15);
  }

  @ParameterizedTest
  @CsvSource({
    "chunk-size, 9, 10",
    "chunk-size, 200000, 100000",
    "dml-batch-size, 0, 1",
    "heartbeat-interval-millis, 5, 100",
    "max-lag-millis, 99, 100",
    "nice-ratio, -1, 0.0",
    "default-retries, 0, 60"
  })
  void tellsWhatGhostWouldUseInstead(String flag, String value, String used) {
    var flags = new GhostFlags(new TreeMap<>(Map.of(flag, value)));

    assertThat(flags.quietlyChanged())
        .containsExactly(
            "%s=%s: gh-ost uses %s instead, without a word".formatted(flag, value, used));
  }
}
