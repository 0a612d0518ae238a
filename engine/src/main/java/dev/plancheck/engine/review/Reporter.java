// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.review;

import dev.plancheck.engine.text.Span;

/// Where a rule leaves its findings; id, title and severity come from the rule and the policy.
public interface Reporter {
  /// Reports at a place in the script, at the level that the policy gives the rule.
  void report(Span at, String content);

  /// Reports no worse than `atMost`, whatever the policy says: for what is small, or only likely.
  void report(Span at, Status atMost, String content);

  /// Says that only a target can tell whether there is something to report here, so that a
  /// suppression at this place is not called unused.
  void undecided(Span at);
}
