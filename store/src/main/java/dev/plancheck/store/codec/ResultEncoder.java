// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.store.codec;

import dev.plancheck.api.store.DeduplicatedResult;
import dev.plancheck.api.store.DeduplicatedResult.Check;
import dev.plancheck.api.store.DeduplicatedResult.Finding;
import dev.plancheck.api.store.DeduplicatedResult.RowsShape;
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
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Makes the deduplicated form of one list of results. What repeats is found by remark, table and
/// shape, never by target: one remark of its own does not cost a target the sharing of the others.
final class ResultEncoder {
  private record Remark(Check check, dev.plancheck.engine.review.Finding finding) {}

  private record Shape(
      StatementTypes types, List<TableShape> tables, RowsShape affected, String fingerprint) {}

  private final Distinct<Check, Check> checks = new Distinct<>(Function.identity());
  private final Distinct<Remark, Finding> findings = new Distinct<>(this::finding);
  private final Distinct<TableShape, TableShape> tables = new Distinct<>(Function.identity());
  private final Distinct<StatementTypes, StatementTypes> statementTypes =
      new Distinct<>(Function.identity());
  private final Distinct<Shape, SummaryShape> summaries = new Distinct<>(this::shape);

  /// Lists of the numbers of findings.
  private final Distinct<List<Integer>, List<Integer>> patterns =
      new Distinct<>(Function.identity());

  private @Nullable String spec;
  private @Nullable String sheet;

  DeduplicatedResult encode(List<Result> results) {
    var targets = new ArrayList<TargetResults>();
    for (var start = 0; start < results.size(); ) {
      var end = endOfTarget(results, start);
      targets.add(target(results.subList(start, end)));
      start = end;
    }
    return DeduplicatedResult.newBuilder()
        .addAllChecks(checks.entries())
        .addAllFindings(findings.entries())
        .addAllTables(tables.entries())
        .addAllStatementTypes(statementTypes.entries())
        .addAllSummaries(summaries.entries())
        .addAllTargets(targets)
        .build();
  }

  /// Behind the consecutive results of one target of one spec with at most one summary.
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
    var target = TargetResults.newBuilder().setTarget(text(first.target().toString()));
    if (!first.spec().equals(spec)) {
      spec = first.spec();
      target.setSpec(text(spec));
    }
    if (!first.sheet().equals(sheet)) {
      sheet = first.sheet();
      target.setSheetSha256(text(sheet));
    }
    addFindings(target, results);
    for (var result : results) {
      if (result.summary() != null) {
        addSummary(target, result.summary());
      }
    }
    return target.build();
  }

  private void addFindings(TargetResults.Builder target, List<Result> results) {
    var references = new ArrayList<Integer>(results.size());
    var numbers = new ArrayList<Integer>(results.size());
    for (var result : results) {
      var reference = findings.reference(new Remark(check(result), result.finding()));
      references.add(reference);
      numbers.add(findings.number(reference));
    }
    var pattern = patterns.reference(numbers);
    if (pattern == 0) {
      target.addAllFindings(references);
    } else {
      target.setPattern(pattern);
    }
  }

  private static Check check(Result result) {
    return Check.newBuilder()
        .setType(StoredEnums.stored(result.type()))
        .setOutcome(StoredEnums.stored(result.outcome()))
        .setSummary(result.summary() != null)
        .build();
  }

  private Finding finding(Remark remark) {
    var finding =
        Finding.newBuilder()
            .setCheck(checks.reference(remark.check))
            .setStatus(StoredEnums.stored(remark.finding.status()))
            .setTitle(text(remark.finding.title()))
            .setContent(text(remark.finding.content()))
            .setRule(text(remark.finding.rule()));
    var range = remark.finding.range();
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
        new Shape(
            types.build(),
            summary.changedTables().stream().map(ResultEncoder::table).toList(),
            rows(summary.affected()),
            text(summary.fingerprint()));
    target.setSummary(summaries.reference(shape)).addNumbers(number(summary.affected().rows()));
    for (var table : summary.changedTables()) {
      target
          .addNumbers(number(table.rows()))
          .addNumbers(number(table.bytes()))
          .addNumbers(number(table.affected().rows()));
    }
  }

  private SummaryShape shape(Shape shape) {
    return SummaryShape.newBuilder()
        .setStatementTypes(statementTypes.reference(shape.types))
        .addAllTables(shape.tables.stream().map(tables::reference).toList())
        .setAffected(shape.affected)
        .setFingerprint(shape.fingerprint)
        .build();
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
