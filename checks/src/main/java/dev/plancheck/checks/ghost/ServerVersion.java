// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.ghost;

import java.util.regex.Pattern;

/// The number of a server: `8.0.15` of `8.0.15-log`. It says nothing across flavours.
record ServerVersion(int major, int minor, int patch) {
  private static final Pattern NUMBERS =
      Pattern.compile("(\\d{1,4})\\.(\\d{1,4})(?:\\.(\\d{1,6}))?");

  /// 0.0.0 if the text begins with no number.
  static ServerVersion of(String text) {
    var numbers = NUMBERS.matcher(text);
    if (!numbers.lookingAt()) {
      return new ServerVersion(0, 0, 0);
    }
    var patch = numbers.group(3);
    return new ServerVersion(
        Integer.parseInt(numbers.group(1)),
        Integer.parseInt(numbers.group(2)),
        patch == null ? 0 : Integer.parseInt(patch));
  }

  boolean isAtLeast(int wantedMajor, int wantedMinor, int wantedPatch) {
    if (major != wantedMajor) {
      return major > wantedMajor;
    }
    return minor != wantedMinor ? minor > wantedMinor : patch >= wantedPatch;
  }
}
