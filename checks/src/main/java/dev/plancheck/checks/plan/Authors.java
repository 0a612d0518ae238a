// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.plan;

import java.util.ArrayList;
import java.util.List;

/// Who wrote a plan, by full names: who created it, who changed it last, and everybody who ever
/// did, each once. Names are empty for a plan that is older than the record of them.
public record Authors(String creator, String latest, List<String> all) {
  /// Nobody is known.
  public static final Authors UNKNOWN = new Authors("", "", List.of());

  public Authors {
    all = List.copyOf(all);
  }

  /// Of a plan that `creator` made.
  public static Authors of(String creator) {
    return new Authors(creator, creator, List.of(creator));
  }

  /// After a change by `author`.
  public Authors and(String author) {
    if (all.contains(author)) {
      return new Authors(creator, author, all);
    }
    var more = new ArrayList<>(all);
    more.add(author);
    return new Authors(creator, author, more);
  }
}
