// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.store.codec;

import dev.plancheck.api.store.DeduplicatedResult;
import dev.plancheck.api.store.DeduplicatedResult.RowsShape;
import dev.plancheck.api.store.DeduplicatedResult.SummaryShape;
import dev.plancheck.api.store.DeduplicatedResult.TableShape;
import dev.plancheck.api.store.DeduplicatedResult.TargetResults;
import dev.plancheck.checks.plan.DatabaseName;
import dev.plancheck.checks.run.CheckType;
import dev.plancheck.checks.run.Outcome;
import dev.plancheck.checks.run.Result;
import dev.plancheck.checks.summary.AffectedRows;
import dev.plancheck.checks.summary.SummaryReport;
import dev.plancheck.checks.summary.SummaryReport.ChangedTable;
import dev.plancheck.engine.review.Finding;
import dev.plancheck.engine.text.Position;
import dev.plancheck.engine.text.TextRange;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Expands one deduplicated form. What is held once there is one object here too, so that a list of
/// many targets stays small in memory.
final class ResultDecoder {
  /// A remark with what it is the answer of.
  private record Remark(CheckType type, Outcome outcome, boolean summary, Finding finding) {}

  /// What the results of a target have in common.
  private record Scope(String spec, String sheet) {}

  private final DeduplicatedResult stored;
  private final String what;
  private final List<Remark> remarks;
  private final List<Scope> scopes;
  private final List<List<String>> statementTypes;

  ResultDecoder(DeduplicatedResult stored, String what) {
    this.stored = stored;
    this.what = what;
    this.remarks = stored.getFindingsList().stream().map(this::remark).toList();
    this.scopes =
        stored.getScopesList().stream()
            .map(scope -> new Scope(text(scope.getSpec()), text(scope.getSheetSha256())))
            .toList();
    this.statementTypes =
        stored.getStatementTypesList().stream()
            .map(types -> types.getTypesList().stream().map(StoredText::unescape).toList())
            .toList();
  }

  List<Result> decode() {
    var results = new ArrayList<Result>();
    for (var target : stored.getTargetsList()) {
      addResults(target, results);
    }
    return List.copyOf(results);
  }

  private void addResults(TargetResults target, List<Result> results) {
    var name = DatabaseName.parse(text(target.getTarget()));
    var scope = scopes.get(target.getScope());
    for (var finding : stored.getPatterns(target.getPattern()).getFindingsList()) {
      var remark = remarks.get(finding);
      results.add(
          new Result(
              name,
              scope.spec,
              scope.sheet,
              remark.type,
              remark.outcome,
              remark.finding,
              remark.summary ? summary(target) : null));
    }
  }

  private Remark remark(DeduplicatedResult.Finding finding) {
    var check = stored.getChecks(finding.getCheck());
    return new Remark(
        StoredEnums.read(check.getType(), what),
        StoredEnums.read(check.getOutcome(), what),
        check.getSummary(),
        new Finding(
            text(finding.getRule()),
            StoredEnums.read(finding.getStatus(), what),
            text(finding.getTitle()),
            text(finding.getContent()),
            range(finding)));
  }

  private static @Nullable TextRange range(DeduplicatedResult.Finding finding) {
    if (!finding.hasRange()) {
      return null;
    }
    var range = finding.getRange();
    return new TextRange(
        new Position(range.getStartLine(), range.getStartColumn()),
        new Position(range.getEndLine(), range.getEndColumn()));
  }

  private SummaryReport summary(TargetResults target) {
    var shape = stored.getSummaries(target.getSummary());
    if (target.getNumbersCount() != 1 + 3 * shape.getTablesCount()) {
      throw new StoredFormatException(
          what,
          "%d numbers for %d tables of %s"
              .formatted(target.getNumbersCount(), shape.getTablesCount(), target.getTarget()));
    }
    return new SummaryReport(
        text(shape.getFingerprint()),
        statementTypes.get(shape.getStatementTypes()),
        tables(shape, target),
        affected(shape.getAffected(), target.getNumbers(0)));
  }

  private List<ChangedTable> tables(SummaryShape shape, TargetResults target) {
    var tables = new ArrayList<ChangedTable>(shape.getTablesCount());
    var number = 1;
    for (var index : shape.getTablesList()) {
      var table = stored.getTables(index);
      tables.add(table(table, target, number));
      number += 3;
    }
    return tables;
  }

  private ChangedTable table(TableShape table, TargetResults target, int number) {
    return new ChangedTable(
        text(table.getTable()),
        table.getRowsKnown() ? target.getNumbers(number) : null,
        table.getBytesKnown() ? target.getNumbers(number + 1) : null,
        affected(table.getAffected(), target.getNumbers(number + 2)));
  }

  private AffectedRows affected(RowsShape shape, long number) {
    var method = StoredEnums.read(shape.getMethod(), what);
    return new AffectedRows(
        method, method == AffectedRows.Method.UNKNOWN ? null : number, text(shape.getNote()));
  }

  private static String text(String stored) {
    return StoredText.unescape(stored);
  }
}
