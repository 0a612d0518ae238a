// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.store.codec;

import com.google.protobuf.Empty;
import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
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
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Makes the deduplicated form of one list of results. What repeats is found by remark, table and
/// shape, never by target: one remark of its own does not cost a target the sharing of the others.
///
/// The form grows target by target and knows its size, so that a list can be cut into parts.
final class ResultEncoder {
  /// Bytes of the names of the lists with their brackets.
  private static final int FRAME = 100;

  private record Remark(Check check, dev.plancheck.engine.review.Finding finding) {}

  private record Shape(
      StatementTypes types, List<TableShape> tables, RowsShape affected, String fingerprint) {}

  private final Distinct<Check> checks = new Distinct<>(check -> check);
  private final Distinct<Remark> findings = new Distinct<>(this::finding);
  private final Distinct<TableShape> tables = new Distinct<>(table -> table);
  private final Distinct<StatementTypes> statementTypes = new Distinct<>(types -> types);
  private final Distinct<Shape> summaries = new Distinct<>(this::shape);
  private final Distinct<Instant> times = new Distinct<>(ResultEncoder::timestamp);

  /// Lists of the numbers of findings, whose entries are in the targets.
  private final Distinct<List<Integer>> patterns = new Distinct<>(_ -> Empty.getDefaultInstance());

  /// By their names, in the order of the form.
  private final Map<String, Distinct<?>> lists = lists();

  private final JsonList targets = new JsonList();
  private @Nullable String spec;
  private @Nullable String sheet;
  private String computed = "";
  private int targetCount;
  private long resultCount;

  void add(List<DatedResult> results) {
    addTargets(results);
    resultCount += results.size();
  }

  /// Adds the results, unless the form then takes more than `budget` bytes; what would be alone in
  /// it is always added.
  boolean add(List<DatedResult> results, long budget) {
    var specBefore = spec;
    var sheetBefore = sheet;
    var computedBefore = computed;
    var countBefore = targetCount;
    targets.mark();
    patterns.mark();
    lists.values().forEach(Distinct::mark);
    addTargets(results);
    if (countBefore > 0 && bytes() > budget) {
      spec = specBefore;
      sheet = sheetBefore;
      computed = computedBefore;
      targetCount = countBefore;
      targets.rollback();
      patterns.rollback();
      lists.values().forEach(Distinct::rollback);
      return false;
    }
    resultCount += results.size();
    return true;
  }

  /// How many targets the form has: a target is counted again where its results are not together.
  int targetCount() {
    return targetCount;
  }

  long resultCount() {
    return resultCount;
  }

  /// The form as JSON.
  String json() {
    var json = new StringBuilder("{");
    lists.forEach((name, list) -> append(json, name, list.json()));
    append(json, "targets", targets);
    return json.append('}').toString();
  }

  private static void append(StringBuilder json, String name, JsonList entries) {
    if (!entries.isEmpty()) {
      json.append(json.length() > 1 ? "," : "").append('"').append(name).append("\":");
      entries.appendTo(json);
    }
  }

  /// Of the form as JSON, with the names of its lists.
  private long bytes() {
    var bytes = FRAME + targets.bytes();
    for (var list : lists.values()) {
      bytes += list.json().bytes();
    }
    return bytes;
  }

  private Map<String, Distinct<?>> lists() {
    var byName = new LinkedHashMap<String, Distinct<?>>();
    byName.put("checks", checks);
    byName.put("findings", findings);
    byName.put("tables", tables);
    byName.put("statementTypes", statementTypes);
    byName.put("summaries", summaries);
    byName.put("times", times);
    return byName;
  }

  private void addTargets(List<DatedResult> results) {
    for (var start = 0; start < results.size(); ) {
      var end = endOfTarget(results, start);
      targets.add(target(results.subList(start, end)));
      targetCount++;
      start = end;
    }
  }

  /// Behind the consecutive results of one target of one spec and time with at most one summary.
  private static int endOfTarget(List<DatedResult> results, int start) {
    var first = results.get(start);
    var summarised = first.result().summary() != null;
    var end = start + 1;
    for (; end < results.size(); end++) {
      var next = results.get(end);
      var another = summarised && next.result().summary() != null;
      if (another || !isOfSameTarget(first, next)) {
        break;
      }
      summarised |= next.result().summary() != null;
    }
    return end;
  }

  private static boolean isOfSameTarget(DatedResult first, DatedResult next) {
    return next.result().target().equals(first.result().target())
        && next.result().spec().equals(first.result().spec())
        && next.result().sheet().equals(first.result().sheet())
        && next.result().computed().equals(first.result().computed())
        && Objects.equals(next.keptFrom(), first.keptFrom());
  }

  private TargetResults target(List<DatedResult> results) {
    var first = results.getFirst().result();
    var target = TargetResults.newBuilder().setTarget(text(first.target().toString()));
    if (!first.spec().equals(spec)) {
      spec = first.spec();
      target.setSpec(text(spec));
    }
    if (!first.sheet().equals(sheet)) {
      sheet = first.sheet();
      target.setSheetSha256(text(sheet));
    }
    if (!first.computed().equals(computed)) {
      computed = first.computed();
      target.setComputedSha256(text(computed));
    }
    var keptFrom = results.getFirst().keptFrom();
    if (keptFrom != null) {
      target.setTime(times.number(times.reference(keptFrom)));
    }
    addFindings(target, results);
    for (var dated : results) {
      var summary = dated.result().summary();
      if (summary != null) {
        addSummary(target, summary);
      }
    }
    return target.build();
  }

  private static Message timestamp(Instant time) {
    return Timestamp.newBuilder()
        .setSeconds(time.getEpochSecond())
        .setNanos(time.getNano())
        .build();
  }

  private void addFindings(TargetResults.Builder target, List<DatedResult> results) {
    var references = new ArrayList<Integer>(results.size());
    var numbers = new ArrayList<Integer>(results.size());
    for (var dated : results) {
      var result = dated.result();
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

  private Message finding(Remark remark) {
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

  private Message shape(Shape shape) {
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
        .setAlteration(StoredEnums.stored(table.alteration()))
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
