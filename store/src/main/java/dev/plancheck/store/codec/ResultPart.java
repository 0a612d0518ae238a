// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.store.codec;

import java.util.List;

/// A part of a list of results in the making, which takes so many bytes as JSON at most. A single
/// target is never divided: one that is larger has a part of its own.
public final class ResultPart {
  private final long budget;
  private final ResultEncoder encoder = new ResultEncoder();

  /// `budget` in bytes.
  public ResultPart(long budget) {
    this.budget = budget;
  }

  /// Adds a target's results; false if they are for the next part.
  public boolean add(List<DatedResult> results) {
    return encoder.add(results, budget);
  }

  public long targetCount() {
    return encoder.targetCount();
  }

  public long resultCount() {
    return encoder.resultCount();
  }

  public String json() {
    return encoder.json();
  }
}
