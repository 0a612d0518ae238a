// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.ghost;

import dev.plancheck.checks.ghost.Trial.Copied;
import dev.plancheck.checks.ghost.Trial.Warned;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What became of rows that were copied as gh-ost copies them. That nothing was lost among them
/// says nothing of other rows.
final class CopiedRows {
  /// A column without a value for a row gets the default that is implied; a statement that a
  /// replica may run otherwise. Neither takes anything from a row: gh-ost writes rows, and what is
  /// dropped or renamed is told by the sheet.
  private static final Set<Integer> HARMLESS = Set.of(1364, 1592);

  private static final Map<Integer, GhostCode> CODES =
      Map.ofEntries(
          Map.entry(1062, GhostCode.ROWS_LOST_UNIQUE),
          Map.entry(1586, GhostCode.ROWS_LOST_UNIQUE),
          Map.entry(3819, GhostCode.ROWS_LOST_CHECK),
          Map.entry(4025, GhostCode.ROWS_LOST_CHECK),
          Map.entry(1526, GhostCode.ROWS_LOST_PARTITION),
          Map.entry(1748, GhostCode.ROWS_LOST_PARTITION),
          Map.entry(1048, GhostCode.VALUES_LOST_NULL),
          Map.entry(1263, GhostCode.VALUES_LOST_NULL),
          Map.entry(1264, GhostCode.VALUES_LOST_TYPE),
          Map.entry(1265, GhostCode.VALUES_LOST_TYPE),
          Map.entry(1292, GhostCode.VALUES_LOST_TYPE),
          Map.entry(1300, GhostCode.VALUES_LOST_CHARSET),
          Map.entry(1366, GhostCode.VALUES_LOST_TYPE),
          Map.entry(1406, GhostCode.VALUES_LOST_TYPE),
          Map.entry(1411, GhostCode.VALUES_LOST_TYPE),
          Map.entry(1416, GhostCode.VALUES_LOST_TYPE),
          Map.entry(1441, GhostCode.VALUES_LOST_TYPE),
          Map.entry(3140, GhostCode.VALUES_LOST_TYPE));

  private CopiedRows() {}

  /// What a warning means for a row; null if it means nothing, [GhostCode#UNKNOWN] if nobody knows.
  private static @Nullable GhostCode meaning(Warned warned) {
    if (HARMLESS.contains(warned.code())) {
      return null;
    }
    var code = CODES.getOrDefault(warned.code(), GhostCode.UNKNOWN);
    if (warned.note() && code == GhostCode.VALUES_LOST_TYPE) {
      return GhostCode.VALUES_ROUNDED;
    }
    return warned.characters() ? GhostCode.VALUES_LOST_CHARSET : code;
  }

  static boolean isWithoutLoss(Copied.Rows rows) {
    return rows.warnings().keySet().stream().allMatch(warned -> meaning(warned) == null);
  }

  static void find(GhostCase here, Copied copied) {
    switch (copied) {
      case Copied.Untold(var reason) -> here.findings().unknown(reason);
      case Copied.Rows rows -> rows(here, rows);
    }
  }

  private static void rows(GhostCase here, Copied.Rows rows) {
    var counts = new EnumMap<GhostCode, Long>(GhostCode.class);
    rows.warnings()
        .forEach((warned, count) -> {
          var code = meaning(warned);
          if (code == GhostCode.UNKNOWN) {
            here.findings()
                .unknown(
                    "The server warned of something that is not known here (code %d) when rows were copied"
                        .formatted(warned.code()));
          } else if (code != null) {
            counts.merge(code, count, Long::sum);
          }
        });
    counts.forEach((code, count) -> lost(here, rows, code, count));
    missing(here, rows, counts);
  }

  private static void lost(GhostCase here, Copied.Rows rows, GhostCode code, long count) {
    var least = rows.complete() ? "" : "at least ";
    var read = "Of %,d rows, copied as gh-ost copies them,".formatted(rows.read());
    here.find(
        code,
        null,
        isOfRows(code)
            ? "%s %s%,d did not arrive.".formatted(read, least, count)
            : "%s %s%,d values did not stay what they are.".formatted(read, least, count),
        "Look at the data before, or change the table without gh-ost.");
  }

  /// Rows that are not there, and of which the server said nothing.
  private static void missing(GhostCase here, Copied.Rows rows, Map<GhostCode, Long> counts) {
    var told =
        counts.entrySet().stream()
            .filter(entry -> isOfRows(entry.getKey()))
            .mapToLong(Map.Entry::getValue)
            .sum();
    if (rows.complete() && rows.arrived() + told < rows.read()) {
      here.find(
          GhostCode.ROWS_LOST,
          null,
          "Of %,d rows, copied as gh-ost copies them, %,d did not arrive, and the server did not say why."
              .formatted(rows.read(), rows.read() - rows.arrived() - told),
          "Check again if rows were deleted meanwhile, else change the table without gh-ost.");
    }
  }

  private static boolean isOfRows(GhostCode code) {
    return code == GhostCode.ROWS_LOST_UNIQUE
        || code == GhostCode.ROWS_LOST_CHECK
        || code == GhostCode.ROWS_LOST_PARTITION;
  }
}
