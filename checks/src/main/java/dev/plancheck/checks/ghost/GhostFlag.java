// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.ghost;

import dev.plancheck.checks.ghost.FlagKind.Bounded;
import dev.plancheck.checks.ghost.FlagKind.Clamped;
import dev.plancheck.checks.ghost.FlagKind.Fraction;
import dev.plancheck.checks.ghost.FlagKind.Hosts;
import dev.plancheck.checks.ghost.FlagKind.Loads;
import dev.plancheck.checks.ghost.FlagKind.Positive;
import dev.plancheck.checks.ghost.FlagKind.Truth;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/// The flags of gh-ost that a plan may set, by gh-ost's own names without the dashes. Everything
/// else is decided by plancheck or would be dangerous in a check.
public enum GhostFlag {
  ALLOW_ON_MASTER("allow-on-master", new Truth(), "true"),
  ASSUME_MASTER_HOST("assume-master-host", new Truth(), "false"),
  ASSUME_RBR("assume-rbr", new Truth(), "false"),
  ATTEMPT_INSTANT_DDL("attempt-instant-ddl", new Truth(), "true"),
  CHUNK_SIZE("chunk-size", new Clamped(10, 100_000), "1000"),
  CUT_OVER_LOCK_TIMEOUT_SECONDS("cut-over-lock-timeout-seconds", new Bounded(1, 10), "10"),
  DEFAULT_RETRIES("default-retries", new Positive(), "60"),
  DML_BATCH_SIZE("dml-batch-size", new Clamped(1, 1000), "10"),
  EXPONENTIAL_BACKOFF_MAX_INTERVAL(
      "exponential-backoff-max-interval", new Bounded(2, Long.MAX_VALUE), "64"),
  HEARTBEAT_INTERVAL_MILLIS("heartbeat-interval-millis", new Clamped(100, 1000), "100"),
  MAX_LAG_MILLIS("max-lag-millis", new Clamped(100, Long.MAX_VALUE), "1500"),
  MAX_LOAD("max-load", new Loads(), ""),
  NICE_RATIO("nice-ratio", new Fraction(0, 100), "0"),
  SWITCH_TO_RBR("switch-to-rbr", new Truth(), "false"),
  THROTTLE_CONTROL_REPLICAS("throttle-control-replicas", new Hosts(), "");

  private final String word;

  /// Records all the way down.
  @SuppressWarnings("ImmutableEnumChecker")
  private final FlagKind kind;

  private final String usual;

  GhostFlag(String word, FlagKind kind, String usual) {
    this.word = word;
    this.kind = kind;
    this.usual = usual;
  }

  /// As gh-ost spells it: `allow-on-master`.
  public String word() {
    return word;
  }

  FlagKind kind() {
    return kind;
  }

  /// The value where a plan says nothing.
  public String usual() {
    return usual;
  }

  static Optional<GhostFlag> byWord(String word) {
    return Arrays.stream(values()).filter(flag -> flag.word.equals(word)).findFirst();
  }

  /// For messages: `allow-on-master, assume-master-host, ...`.
  static String list() {
    return Arrays.stream(values()).map(GhostFlag::word).collect(Collectors.joining(", "));
  }
}
