// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.server;

import static dev.plancheck.server.OldRow.done;

import dev.plancheck.server.OldRow.Fate;
import java.util.List;

/// Rows of plans as old deployments have them, in the shapes that their servers wrote.
final class OldRows {
  private static final String OK =
      "{\"status\": \"SUCCESS\", \"title\": \"OK\", \"content\": \"\"}";
  private static final String WARNING =
      """
      {"status": "WARNING", "title": "STATEMENT_DISALLOW_COMMIT", "content": "no \\"COMMIT\\", é 😀", \
      "code": 206, "sqlReviewReport": {"startPosition": {"line": 3, "column": 5}, \
      "endPosition": {"line": 3, "column": 11}}}\
      """;
  private static final String ERROR =
      """
      {"status": "ERROR", "title": "Syntax error", "content": "near \\"FORM\\"", "code": 201, \
      "sqlReviewReport": {"startPosition": {"line": 1, "column": 1}, \
      "endPosition": {"line": 1, "column": 4}}}\
      """;
  private static final String REPORT =
      """
      {"status": "SUCCESS", "title": "OK", "content": "", \
      "sqlSummaryReport": {"statementTypes": ["UPDATE", "ALTER_TABLE"], "affectedRows": 1200}}\
      """;
  private static final String EMPTY_REPORT =
      """
      {"status": "SUCCESS", "title": "OK", "content": "", \
      "sqlSummaryReport": {"statementTypes": ["CREATE_TABLE"]}}\
      """;

  private static final String ADVISE = "statement.advise";
  private static final String SUMMARY = "statement.summary.report";
  private static final String GHOST = "ghost.sync";

  static final List<OldRow> ALL =
      List.of(
          // 1: everything is fine.
          done(101, 1, ADVISE, "a", OK),
          done(102, 1, SUMMARY, "a", REPORT),
          done(103, 1, ADVISE, "b", OK),
          done(104, 1, SUMMARY, "b", EMPTY_REPORT),
          // 2: warnings and errors, several in one row.
          done(105, 2, ADVISE, "a", WARNING + ", " + WARNING + ", " + ERROR),
          done(106, 2, SUMMARY, "a", REPORT),
          done(107, 2, GHOST, "a", OK),
          // 3: one database was away.
          done(108, 3, ADVISE, "a", OK),
          done(109, 3, ADVISE, "b", "")
              .ended("FAILED", "\"error\": \"connection refused: é\\\\n'b'\""),
          // 4: canceled.
          done(110, 4, ADVISE, "a", "").ended("CANCELED", ""),
          done(111, 4, SUMMARY, "a", "").ended("CANCELED", ""),
          // 5: one was done, the other at work.
          done(112, 5, ADVISE, "a", ERROR),
          done(113, 5, SUMMARY, "a", "").ended("RUNNING", "").becomes(Fate.STOPPED),
          // 6: old, and open for a long time.
          done(114, 6, ADVISE, "a", ERROR).at("2025-01-02T03:04:05.678901Z"),
          done(115, 6, ADVISE, "b", OK).at("2025-01-02T03:04:05.678901Z"),
          // 7: two sheets on one database.
          done(116, 7, ADVISE, "a", ERROR),
          done(117, 7, ADVISE, "a", OK).sheet("6".repeat(64)),
          // 8: two generations of one check, which were written at the same time once.
          done(118, 8, ADVISE, "a", ERROR).at("2025-11-29T08:00:00Z").becomes(Fate.REPLACED),
          done(119, 8, ADVISE, "a", WARNING),
          done(120, 8, SUMMARY, "a", REPORT).becomes(Fate.REPLACED),
          done(121, 8, SUMMARY, "a", EMPTY_REPORT),
          // 9: DONE without a word.
          done(122, 9, ADVISE, "a", ""),
          done(123, 9, SUMMARY, "a", "").result("{}"),
          // 10: a result that is none.
          done(124, 10, ADVISE, "a", OK),
          done(125, 10, SUMMARY, "a", "null").becomes(Fate.QUARANTINED),
          // 11: a check that is not made any more.
          done(126, 11, ADVISE, "a", OK),
          done(127, 11, "connect", "a", OK).becomes(Fate.QUARANTINED),
          // 12: odd names.
          done(128, 12, ADVISE, "Kunden/2024 \\\"x\\\" é😀", WARNING),
          // 13: failed without saying why, and canceled beside it.
          done(129, 13, ADVISE, "a", "").ended("FAILED", ""),
          done(130, 13, ADVISE, "b", "").ended("CANCELED", ""),
          done(131, 13, ADVISE, "c", OK));

  private OldRows() {}
}
