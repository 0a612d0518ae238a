// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.ghost;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// The flags that a plan gives to gh-ost, checked; what is not given has its usual value.
public record GhostFlags(SortedMap<String, String> given) {
  private static final int LONGEST = 2000;

  public GhostFlags {
    given = Collections.unmodifiableSortedMap(new TreeMap<>(given));
  }

  /// What is wrong with flags as a plan has them, in one sentence; empty if gh-ost would take them.
  public static Optional<String> flaw(Map<String, String> given) {
    for (var entry : new TreeMap<>(given).entrySet()) {
      var flag = GhostFlag.byWord(entry.getKey());
      if (flag.isEmpty()) {
        return Optional.of(
            "gh-ost flag: %s (expected one of: %s)".formatted(entry.getKey(), GhostFlag.list()));
      }
      var value = entry.getValue();
      if (value.length() > LONGEST || !flag.get().kind().accepts(value)) {
        return Optional.of(
            "gh-ost flag %s: '%s' (expected: %s)"
                .formatted(entry.getKey(), shown(value), flag.get().kind().expected()));
      }
    }
    var flags = new GhostFlags(new TreeMap<>(given));
    return flags.is(GhostFlag.ASSUME_RBR) && flags.is(GhostFlag.SWITCH_TO_RBR)
        ? Optional.of("gh-ost flags: assume-rbr and switch-to-rbr (expected: at most one of them)")
        : Optional.empty();
  }

  private static String shown(String value) {
    return value.length() <= 40 ? value : value.substring(0, 40) + "...";
  }

  String value(GhostFlag flag) {
    return given.getOrDefault(flag.word(), flag.usual());
  }

  boolean is(GhostFlag flag) {
    return switch (value(flag)) {
      case "1", "t", "T", "TRUE", "true", "True" -> true;
      default -> false;
    };
  }

  /// How much longer the copy takes for being nice: 1 if it does not wait.
  double slowness() {
    var ratio = value(GhostFlag.NICE_RATIO);
    var kind = GhostFlag.NICE_RATIO.kind();
    return 1 + Double.parseDouble(kind.instead(ratio, "0").orElse(ratio));
  }

  /// What gh-ost would make of given values without a word, one sentence each.
  List<String> quietlyChanged() {
    var sentences = new ArrayList<String>();
    given.forEach((word, value) -> {
      var flag = GhostFlag.byWord(word).orElseThrow();
      flag.kind()
          .instead(value, flag.usual())
          .ifPresent(used ->
              sentences.add(
                  "%s=%s: gh-ost uses %s instead, without a word".formatted(word, value, used)));
    });
    return List.copyOf(sentences);
  }
}
