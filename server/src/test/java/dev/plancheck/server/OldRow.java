// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.server;

/// A row of the old table, as an old server stored it. `created` is SQL for a time.
record OldRow(
    long id,
    long plan,
    String type,
    String status,
    String created,
    String config,
    String result,
    Fate fate) {
  /// Whether an old client finds what it found before the migration.
  enum Fate {
    SAME,
    /// It was RUNNING, and nothing is at work on it any more.
    STOPPED,
    /// A newer row of the same check is there.
    REPLACED,
    /// Nobody understands it.
    QUARANTINED
  }

  static final String SHEET = "5".repeat(64);

  static OldRow done(long id, long plan, String type, String database, String results) {
    return new OldRow(
        id,
        plan,
        "bb.plan-check.database." + type,
        "DONE",
        "timestamptz '2025-11-30T08:00:00Z'",
        config(database, SHEET),
        "{\"results\": [%s]}".formatted(results),
        Fate.SAME);
  }

  private static String config(String database, String sheet) {
    return "{\"instanceId\": \"prod\", \"databaseName\": \"%s\", \"sheetSha256\": \"%s\"}"
        .formatted(database, sheet);
  }

  OldRow ended(String how, String why) {
    return with(how, created, config, "{%s}".formatted(why), fate);
  }

  OldRow at(String time) {
    return with(status, "timestamptz '%s'".formatted(time), config, result, fate);
  }

  OldRow sheet(String other) {
    return with(status, created, config.replace(SHEET, other), result, fate);
  }

  OldRow result(String other) {
    return with(status, created, config, other, fate);
  }

  OldRow becomes(Fate other) {
    return with(status, created, config, result, other);
  }

  private OldRow with(String how, String time, String about, String found, Fate becomes) {
    return new OldRow(id, plan, type, how, time, about, found, becomes);
  }

  String sql() {
    return "(%d, %s, %s, %d, '%s', '%s', '%s', '%s')"
        .formatted(
            id,
            created,
            created,
            plan,
            status,
            type,
            config.replace("'", "''"),
            result.replace("'", "''"));
  }
}
