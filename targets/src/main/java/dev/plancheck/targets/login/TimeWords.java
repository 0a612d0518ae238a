// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.login;

import java.time.Duration;

/// Time limits as sentences name them.
public final class TimeWords {
  private TimeWords() {}

  /// `2 s`, `1.5 s`, `500 ms`.
  public static String of(Duration limit) {
    var millis = limit.toMillis();
    if (millis < 1000) {
      return millis + " ms";
    }
    return millis % 1000 == 0 ? millis / 1000 + " s" : millis / 1000.0 + " s";
  }
}
