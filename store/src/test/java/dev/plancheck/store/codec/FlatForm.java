// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.store.codec;

import dev.plancheck.api.store.ChangedTable;
import dev.plancheck.api.store.PlanCheckRunResult;
import dev.plancheck.api.store.Range;
import dev.plancheck.api.store.SummaryReport;
import dev.plancheck.checks.run.Result;
import dev.plancheck.checks.summary.AffectedRows;
import java.util.List;

/// The flat list of results as JSON, as the seeds keep it: what the deduplicated form is measured
/// against.
public final class FlatForm {
  private FlatForm() {}

  public static String toJson(List<Result> results) {
    var flat = PlanCheckRunResult.newBuilder();
    results.forEach(result -> flat.addResults(flat(result)));
    return StoredJson.print(flat.build());
  }

  private static PlanCheckRunResult.Result flat(Result result) {
    var flat =
        PlanCheckRunResult.Result.newBuilder()
            .setStatus(StoredEnums.stored(result.finding().status()))
            .setTitle(StoredText.escape(result.finding().title()))
            .setContent(StoredText.escape(result.finding().content()))
            .setRule(StoredText.escape(result.finding().rule()))
            .setTarget(StoredText.escape(result.target().toString()))
            .setSpec(StoredText.escape(result.spec()))
            .setSheetSha256(StoredText.escape(result.sheet()))
            .setType(StoredEnums.stored(result.type()))
            .setOutcome(StoredEnums.stored(result.outcome()));
    var range = result.finding().range();
    if (range != null) {
      flat.setRange(
          Range.newBuilder()
              .setStartLine(range.start().line())
              .setStartColumn(range.start().column())
              .setEndLine(range.end().line())
              .setEndColumn(range.end().column()));
    }
    if (result.summary() != null) {
      flat.setSummaryReport(flat(result.summary()));
    }
    return flat.build();
  }

  private static SummaryReport flat(dev.plancheck.checks.summary.SummaryReport summary) {
    var flat =
        SummaryReport.newBuilder()
            .setFingerprint(StoredText.escape(summary.fingerprint()))
            .setAffectedRows(flat(summary.affected()));
    summary.statementTypes().forEach(type -> flat.addStatementTypes(StoredText.escape(type)));
    for (var table : summary.changedTables()) {
      var changed =
          ChangedTable.newBuilder()
              .setTable(StoredText.escape(table.table()))
              .setAffectedRows(flat(table.affected()))
              .setAlteration(StoredEnums.stored(table.alteration()));
      if (table.rows() != null) {
        changed.setRowCount(table.rows());
      }
      if (table.bytes() != null) {
        changed.setByteCount(table.bytes());
      }
      flat.addChangedTables(changed);
    }
    return flat.build();
  }

  private static dev.plancheck.api.store.AffectedRows flat(AffectedRows rows) {
    var flat =
        dev.plancheck.api.store.AffectedRows.newBuilder()
            .setMethod(StoredEnums.stored(rows.method()))
            .setNote(StoredText.escape(rows.note()));
    if (rows.rows() != null) {
      flat.setRows(rows.rows());
    }
    return flat.build();
  }
}
