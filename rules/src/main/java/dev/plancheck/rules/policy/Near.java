// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.rules.policy;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/// What somebody who mistyped a word probably meant.
public final class Near {
  private static final int MOST = 3;

  private Near() {}

  /// At most three of the words, the nearest first; none when all are far away.
  public static List<String> misses(String typed, Collection<String> words) {
    record Rated(String word, int distance) {}
    return words.stream()
        .map(word -> new Rated(word, distance(typed, word)))
        .filter(rated -> rated.distance <= Math.max(2, typed.length() / 4))
        .sorted(Comparator.comparingInt(Rated::distance).thenComparing(Rated::word))
        .limit(MOST)
        .map(Rated::word)
        .toList();
  }

  /// ` (did you mean x?)`, or nothing.
  public static String hint(String typed, Collection<String> words) {
    var misses = misses(typed, words);
    return misses.isEmpty() ? "" : " (did you mean %s?)".formatted(String.join(" or ", misses));
  }

  /// A word that holds the other whole is as near as one wrong letter; else Levenshtein's distance.
  private static int distance(String typed, String word) {
    if (typed.length() >= 3 && word.contains(typed)) {
      return 1;
    }
    var row = new int[word.length() + 1];
    for (var j = 0; j <= word.length(); j++) {
      row[j] = j;
    }
    for (var i = 1; i <= typed.length(); i++) {
      var diagonal = row[0];
      row[0] = i;
      for (var j = 1; j <= word.length(); j++) {
        var replaced = diagonal + (typed.charAt(i - 1) == word.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[word.length()];
  }
}
