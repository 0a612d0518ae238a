// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.plan;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/// The version of a file: numbers with dots between them, `20261122.3`, compared number by number.
/// Zeros at the end mean nothing: 1 and 1.0 are one version.
public record ReleaseVersion(String text) implements Comparable<ReleaseVersion> {
  private static final Pattern FORM = Pattern.compile("[0-9]{1,18}(\\.[0-9]{1,18}){0,9}");

  /// Throws IllegalArgumentException for a text of another form.
  public ReleaseVersion {
    if (!FORM.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "version: %s (expected: up to ten numbers with dots between them, as 20261122.3)"
              .formatted(text));
    }
  }

  @Override
  public int compareTo(ReleaseVersion other) {
    var left = numbers();
    var right = other.numbers();
    for (var place = 0; place < Math.max(left.size(), right.size()); place++) {
      var byNumber = at(left, place).compareTo(at(right, place));
      if (byNumber != 0) {
        return byNumber;
      }
    }
    return 0;
  }

  private List<BigInteger> numbers() {
    return Arrays.stream(text.split("\\.", -1)).map(BigInteger::new).toList();
  }

  private static BigInteger at(List<BigInteger> numbers, int place) {
    return place < numbers.size() ? numbers.get(place) : BigInteger.ZERO;
  }
}
