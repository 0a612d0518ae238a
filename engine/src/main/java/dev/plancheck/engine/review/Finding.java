// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.review;

import dev.plancheck.engine.text.TextRange;
import org.jspecify.annotations.Nullable;

/// One remark: what is wrong, where, and what to do.
///
/// `rule` is the id of a page (`index.create-without-concurrently`) and empty for a plain success;
/// `title` is the same for all findings of a rule; `content` names the objects and the way out, and
/// never holds a number of one target when it is shared. `range` is null when no place in the
/// script is to blame.
public record Finding(
    String rule, Status status, String title, String content, @Nullable TextRange range) {
  /// A check that had nothing to say.
  public static final Finding OK = new Finding("", Status.SUCCESS, "OK", "", null);
}
