// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.store.codec;

import dev.plancheck.api.store.DeduplicatedResult;
import dev.plancheck.api.store.DeduplicatedResult.Check;
import dev.plancheck.api.store.DeduplicatedResult.Finding;
import dev.plancheck.api.store.DeduplicatedResult.Pattern;
import dev.plancheck.api.store.DeduplicatedResult.RowsShape;
import dev.plancheck.api.store.DeduplicatedResult.Scope;
import dev.plancheck.api.store.DeduplicatedResult.StatementTypes;
import dev.plancheck.api.store.DeduplicatedResult.SummaryShape;
import dev.plancheck.api.store.DeduplicatedResult.TableShape;
import dev.plancheck.api.store.DeduplicatedResult.TargetResults;
import dev.plancheck.api.store.Range;
import dev.plancheck.checks.run.Result;
import dev.plancheck.checks.summary.AffectedRows;
import dev.plancheck.checks.summary.SummaryReport;
import dev.plancheck.checks.summary.SummaryReport.ChangedTable;
import dev.plancheck.engine.text.TextRange;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Makes the deduplicated form of one list of results. What repeats is found by remark, table and
/// shape, never by target: one remark of its own does not cost a target the sharing of the others.
final class ResultEncoder {
  private final Distinct<Check> checks = new Distinct<>();
  private final Distinct<Finding> findings = new Distinct<>();
  private final Distinct<Pattern> patterns = new Distinct<>();
  private final Distinct<Scope> scopes = new Distinct<>();
  private final Distinct<TableShape> tables = new Distinct<>();
  private final Distinct<SummaryShape> summaries = new Distinct<>();
  private final Distinct<StatementTypes> statementTypes = new Distinct<>();

  DeduplicatedResult encode(List<Result> results) {
    var targets = new ArrayList<TargetResults>();
    for (var start = 0; start < results.size(); ) {
      var end = endOfTarget(results, start);
      targets.add(target(results.subList(start, end)));
      start = end;
    }
    return DeduplicatedResult.newBuilder()
        .addAllChecks(checks.values())
        .addAllFindings(findings.values())
        .addAllPatterns(patterns.values())
        .addAllScopes(scopes.values())
        .addAllTables(tables.values())
        .addAllSummaries(summaries.values())
        .addAllStatementTypes(statementTypes.values())
        .addAllTargets(targets)
        .build();
  }

  /// Behind the consecutive results of one target of one scope with at most one summary.
  private static int endOfTarget(List<Result> results, int start) {
    var first = results.get(start);
    var summarised = first.summary() != null;
    var end = start + 1;
    for (; end < results.size(); end++) {
      var next = results.get(end);
      var another = summarised && next.summary() != null;
      if (another || !isOfSameTarget(first, next)) {
        break;
      }
      summarised |= next.summary() != null;
    }
    return end;
  }

  private static boolean isOfSameTarget(Result first, Result next) {
    return next.target().equals(first.target())
        && next.spec().equals(first.spec())
        && next.sheet().equals(first.sheet());
  }

  private TargetResults target(List<Result> results) {
    var first = results.getFirst();
    var pattern = Pattern.newBuilder();
    var target =
        TargetResults.newBuilder()
            .setTarget(text(first.target().toString()))
            .setScope(scopes.indexOf(scope(first)));
    for (var result : results) {
      pattern.addFindings(findings.indexOf(finding(result)));
      if (result.summary() != null) {
        addSummary(target, result.summary());
      }
    }
    return target.setPattern(patterns.indexOf(pattern.build())).build();
  }

  private static Scope scope(Result result) {
    return Scope.newBuilder()
        .setSpec(text(result.spec()))
        .setSheetSha256(text(result.sheet()))
        .build();
  }

  private Finding finding(Result result) {
    var check =
        Check.newBuilder()
            .setType(StoredEnums.stored(result.type()))
            .setOutcome(StoredEnums.stored(result.outcome()))
            .setSummary(result.summary() != null)
            .build();
    var finding =
        Finding.newBuilder()
            .setCheck(checks.indexOf(check))
            .setStatus(StoredEnums.stored(result.finding().status()))
            .setTitle(text(result.finding().title()))
            .setContent(text(result.finding().content()))
            .setRule(text(result.finding().rule()));
    var range = result.finding().range();
    if (range != null) {
      finding.setRange(range(range));
    }
    return finding.build();
  }

  private static Range range(TextRange range) {
    return Range.newBuilder()
        .setStartLine(range.start().line())
        .setStartColumn(range.start().column())
        .setEndLine(range.end().line())
        .setEndColumn(range.end().column())
        .build();
  }

  private void addSummary(TargetResults.Builder target, SummaryReport summary) {
    var types = StatementTypes.newBuilder();
    summary.statementTypes().forEach(type -> types.addTypes(text(type)));
    var shape =
        SummaryShape.newBuilder()
            .setStatementTypes(statementTypes.indexOf(types.build()))
            .setAffected(rows(summary.affected()))
            .setFingerprint(text(summary.fingerprint()));
    target.addNumbers(number(summary.affected().rows()));
    for (var table : summary.changedTables()) {
      shape.addTables(tables.indexOf(table(table)));
      target
          .addNumbers(number(table.rows()))
          .addNumbers(number(table.bytes()))
          .addNumbers(number(table.affected().rows()));
    }
    target.setSummary(summaries.indexOf(shape.build()));
  }

  private static TableShape table(ChangedTable table) {
    return TableShape.newBuilder()
        .setTable(text(table.table()))
        .setRowsKnown(table.rows() != null)
        .setBytesKnown(table.bytes() != null)
        .setAffected(rows(table.affected()))
        .build();
  }

  private static RowsShape rows(AffectedRows rows) {
    return RowsShape.newBuilder()
        .setMethod(StoredEnums.stored(rows.method()))
        .setNote(text(rows.note()))
        .build();
  }

  /// The shape says that it is unknown.
  private static long number(@Nullable Long value) {
    return value == null ? 0 : value;
  }

  private static String text(String value) {
    return StoredText.escape(value);
  }
}
