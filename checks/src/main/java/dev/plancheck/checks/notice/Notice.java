// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.notice;

import dev.plancheck.checks.plan.PlanName;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/// One thing that happened to a plan. `text` is a sentence for people; `details` are for programs,
/// and hold neither credentials nor SQL. Both are bounded: longer texts are cut.
public record Notice(
    NoticeEvent event, PlanName plan, String text, SortedMap<String, String> details) {
  private static final int MOST_CHARACTERS = 2_000;
  private static final int MOST_DETAILS = 20;

  public Notice {
    if (details.size() > MOST_DETAILS) {
      throw new IllegalArgumentException(
          "details: %d (expected: at most %d)".formatted(details.size(), MOST_DETAILS));
    }
    text = cut(text);
    var bounded = new TreeMap<String, String>();
    details.forEach((name, value) -> bounded.put(name, cut(value)));
    details = Collections.unmodifiableSortedMap(bounded);
  }

  private static String cut(String text) {
    if (text.length() <= MOST_CHARACTERS) {
      return text;
    }
    var end = text.offsetByCodePoints(0, text.codePointCount(0, MOST_CHARACTERS - 1));
    return text.substring(0, end) + "…";
  }
}
