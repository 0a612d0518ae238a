// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.store;

/// A row of the old table: one check of one database. `age` is in days; `config` and `result` are
/// JSON.
record LegacyRow(String type, String status, double age, String config, String result) {
  static final String S1 = "1".repeat(64);
  static final String S2 = "2".repeat(64);
  static final String OK = result("SUCCESS", "ok");

  static LegacyRow advise(String database, String result) {
    return of("statement.advise", database, result);
  }

  static LegacyRow summary(String database, String result) {
    return of("statement.summary.report", database, result);
  }

  static LegacyRow ghost(String database, String result) {
    return of("ghost.sync", database, result);
  }

  /// DONE a day ago, with the sheet S1.
  private static LegacyRow of(String type, String database, String result) {
    return new LegacyRow(
        "bb.plan-check.database." + type, "DONE", 1, config(database, S1, ""), result);
  }

  static String result(String status, String content) {
    return "{\"results\": [%s]}".formatted(element(status, content));
  }

  static String element(String status, String content) {
    return "{\"status\": \"%s\", \"title\": \"t\", \"content\": \"%s\"}".formatted(status, content);
  }

  /// `more` are further entries, each with a comma before it.
  static String config(String database, String sheet, String more) {
    return "{\"instanceId\": \"prod\", \"databaseName\": \"%s\", \"sheetSha256\": \"%s\"%s}"
        .formatted(database, sheet, more);
  }

  LegacyRow days(double days) {
    return new LegacyRow(type, status, days, config, result);
  }

  LegacyRow ended(String how) {
    return new LegacyRow(type, how, age, config, result);
  }

  LegacyRow with(String otherConfig) {
    return new LegacyRow(type, status, age, otherConfig, result);
  }

  LegacyRow flags(String database, String more) {
    return with(config(database, S1, ", " + more));
  }

  LegacyRow ofType(String other) {
    return new LegacyRow(other, status, age, config, result);
  }
}
