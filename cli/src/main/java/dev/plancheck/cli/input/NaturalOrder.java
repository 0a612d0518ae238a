// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.cli.input;

import java.math.BigInteger;
import java.util.Comparator;

/// The order of migration files: digits count as numbers, so that `V2` comes before `V10`.
enum NaturalOrder implements Comparator<String> {
  INSTANCE;

  @Override
  public int compare(String left, String right) {
    var i = 0;
    var j = 0;
    while (i < left.length() && j < right.length()) {
      var end = digits(left, i);
      var otherEnd = digits(right, j);
      var order =
          end > i && otherEnd > j
              ? number(left, i, end).compareTo(number(right, j, otherEnd))
              : Character.compare(left.charAt(i), right.charAt(j));
      if (order != 0) {
        return order;
      }
      i = Math.max(end, i + 1);
      j = Math.max(otherEnd, j + 1);
    }
    var rest = Integer.compare(left.length() - i, right.length() - j);
    return rest != 0 ? rest : left.compareTo(right);
  }

  private static int digits(String text, int from) {
    var end = from;
    while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
      end++;
    }
    return end;
  }

  private static BigInteger number(String text, int from, int to) {
    return new BigInteger(text.substring(from, to));
  }
}
