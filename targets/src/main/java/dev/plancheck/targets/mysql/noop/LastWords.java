// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.mysql.noop;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

/// The end of what a program says, of which it may say any amount.
final class LastWords {
  private static final int KEPT = 16 * 1024;
  private static final int LONGEST = 300;
  private static final Pattern TIME =
      Pattern.compile("^\\[?\\d{4}[-/]\\d\\d[-/]\\d\\d[ T][\\d:.]+]?\\s*");
  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}(\\[[0-9;]*m)?");

  private final byte[] kept = new byte[2 * KEPT];
  private int size;

  /// Reads to the end, which comes when the program and all that it started are gone.
  void read(InputStream said) {
    try (said) {
      var part = new byte[KEPT];
      for (var length = said.read(part); length >= 0; length = said.read(part)) {
        add(part, length);
      }
    } catch (IOException _) {
      // It was ended; what it said before counts.
    }
  }

  private synchronized void add(byte[] part, int length) {
    if (size + length > kept.length) {
      var drop = size + length - kept.length;
      System.arraycopy(kept, drop, kept, 0, size - drop);
      size -= drop;
    }
    System.arraycopy(part, 0, kept, size, length);
    size += length;
  }

  /// The last line that tells of a failure, else the last one; without its time, and with `***` for
  /// the secret.
  synchronized String line(String secret) {
    var lines =
        new String(kept, 0, size, StandardCharsets.UTF_8)
            .lines()
            .map(line -> CONTROL.matcher(line).replaceAll("").strip())
            .filter(line -> !line.isEmpty())
            .toList();
    var line = TIME.matcher(worst(lines)).replaceFirst("");
    var safe = secret.isEmpty() ? line : line.replace(secret, "***");
    return safe.length() <= LONGEST ? safe : safe.substring(0, LONGEST) + "...";
  }

  private static String worst(List<String> lines) {
    for (var level : List.of("FATAL", "ERROR")) {
      for (var line : lines.reversed()) {
        if (line.contains(level)) {
          return line;
        }
      }
    }
    return lines.isEmpty() ? "it said nothing" : lines.getLast();
  }
}
