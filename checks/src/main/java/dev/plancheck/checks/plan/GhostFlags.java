// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.plan;

import java.util.Set;
import java.util.TreeSet;

/// The flags of gh-ost that a plan may set, by gh-ost's own names without the dashes. Everything
/// else is decided by plancheck or would be dangerous in a check.
final class GhostFlags {
  private static final Set<String> KNOWN =
      Set.of(
          "allow-on-master",
          "assume-master-host",
          "assume-rbr",
          "attempt-instant-ddl",
          "chunk-size",
          "cut-over-lock-timeout-seconds",
          "default-retries",
          "dml-batch-size",
          "exponential-backoff-max-interval",
          "heartbeat-interval-millis",
          "max-lag-millis",
          "max-load",
          "nice-ratio",
          "switch-to-rbr",
          "throttle-control-replicas");

  private GhostFlags() {}

  static boolean isKnown(String flag) {
    return KNOWN.contains(flag);
  }

  /// For messages: `allow-on-master, assume-rbr, ...`.
  static String list() {
    return String.join(", ", new TreeSet<>(KNOWN));
  }
}
