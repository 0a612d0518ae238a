// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.ghost;

import dev.plancheck.checks.ghost.GhostFacts.Relation.Base;
import dev.plancheck.checks.ghost.GhostFacts.TableKey;
import dev.plancheck.engine.review.Finding;
import dev.plancheck.engine.review.Status;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What gh-ost would do where nothing speaks against it: along which key, how much, how long.
final class Outlook {
  /// Rows that gh-ost copies in a second: a wide range, because it depends on rows, disks and load.
  private static final long SLOW = 1_000;

  private static final long FAST = 20_000;

  private Outlook() {}

  /// `tried` is what was found out on a copy, a sentence or nothing.
  static Finding of(Base table, TableKey key, GhostFlags flags, String tried) {
    var columns = String.join(", ", key.named());
    var content =
        """
        Nothing that can be read speaks against gh-ost: it would copy %s along the key %s (%s). %s \
        %s\
        """
            .formatted(table.name(), key.name(), columns, size(table), time(table.rows(), flags));
    var all = tried.isEmpty() ? content : content + " " + tried;
    return new Finding("", Status.SUCCESS, "OK", all, null);
  }

  private static String size(Base table) {
    var data = table.dataBytes();
    var indexes = table.indexBytes();
    return data == null || indexes == null
        ? "How much space the copy needs is not known."
        : "The copy needs about %s of space, and the binary log about as much as the data (%s); how much is free cannot be asked for over SQL."
            .formatted(bytes(data + indexes), bytes(data));
  }

  private static String time(@Nullable Long rows, GhostFlags flags) {
    if (rows == null) {
      return "How long it takes is not known, because the server has no estimate of the rows.";
    }
    var most = rows / (double) SLOW * flags.slowness();
    var least = rows / (double) FAST * flags.slowness();
    return "About %s rows: between %s and %s, at %,d to %,d rows a second; that is an estimate, nothing was measured here."
        .formatted(rough(rows), duration(least), duration(most), SLOW, FAST);
  }

  /// Two digits, so that nobody takes an estimate for a count.
  private static String rough(long number) {
    var digits = String.valueOf(number).length();
    var unit = digits <= 2 ? 1 : (long) Math.pow(10, digits - 2);
    return String.format(Locale.ROOT, "%,d", Math.round(number / (double) unit) * unit);
  }

  private static String bytes(long bytes) {
    if (bytes < 1024 * 1024) {
      return rough(Math.max(1, bytes / 1024)) + " kB";
    }
    var megabytes = bytes / (1024 * 1024);
    return megabytes < 10_240 ? rough(megabytes) + " MB" : rough(megabytes / 1024) + " GB";
  }

  private static String duration(double seconds) {
    var duration = Duration.ofSeconds(Math.max(1, Math.round(seconds)));
    if (duration.toMinutes() < 2) {
      return duration.toSeconds() + " s";
    }
    return duration.toHours() < 3 ? duration.toMinutes() + " min" : duration.toHours() + " h";
  }
}
