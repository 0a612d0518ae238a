// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.server.mapping;

import java.util.List;
import java.util.function.Function;

/// How many of a list to answer with. Asking for one more than that tells whether there is a next
/// page.
public record Page(int size) {
  private static final int MOST = 1_000;

  /// `wanted` is not negative; 0 means `usual`, and more than 1000 is cut to 1000.
  public static Page of(int wanted, int usual) {
    return new Page(wanted == 0 ? usual : Math.min(wanted, MOST));
  }

  /// How many to ask the storage for.
  public int limit() {
    return size + 1;
  }

  public <T> List<T> of(List<T> found) {
    return found.size() <= size ? found : found.subList(0, size);
  }

  /// The token of the next page, or the empty text on the last one.
  public <T> String next(List<T> found, PageToken token, Function<T, String> cursor) {
    return found.size() <= size ? "" : token.write(cursor.apply(found.get(size - 1)));
  }
}
