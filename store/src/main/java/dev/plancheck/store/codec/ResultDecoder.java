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
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Expands one deduplicated form. What is held once there is one object here too, so that a list of
/// many targets stays small in memory.
final class ResultDecoder {
  /// A remark with what it is the answer of.
  private record Remark(CheckType type, Outcome outcome, boolean summary, Finding finding) {}

  /// A summary without its numbers.
  private record Shape(
      List<String> types, List<TableShape> tables, RowsShape affected, String fingerprint) {}

  private final DeduplicatedResult stored;
  private final String what;
  private final Entries<DeduplicatedResult.Check> checks;
  private final Entries<Remark> remarks;
  private final Entries<TableShape> tables;
  private final Entries<List<String>> statementTypes;
  private final Entries<Shape> shapes;
  private final Entries<Instant> times;
  private final Entries<List<Remark>> patterns = new Entries<>(List.of());

  /// Throws [StoredFormatException].
  ResultDecoder(DeduplicatedResult stored, String what) {
    this.stored = stored;
    this.what = what;
    try {
      this.checks = new Entries<>(stored.getChecksList());
      this.remarks = new Entries<>(stored.getFindingsList().stream().map(this::remark).toList());
      this.tables = new Entries<>(stored.getTablesList());
      this.statementTypes =
          new Entries<>(
              stored.getStatementTypesList().stream()
                  .map(types -> types.getTypesList().stream().map(StoredText::unescape).toList())
                  .toList());
      this.shapes = new Entries<>(stored.getSummariesList().stream().map(this::shape).toList());
      this.times =
          new Entries<>(
              stored.getTimesList().stream()
                  .map(time -> Instant.ofEpochSecond(time.getSeconds(), time.getNanos()))
                  .toList());
    } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
      throw new StoredFormatException(what, e);
    }
  }

  /// Throws [StoredFormatException] for what cannot be read; what the reader throws goes through.
  void decode(ResultCodec.Reader reader) {
    var spec = "";
    var sheet = "";
    var computed = "";
    for (var target : stored.getTargetsList()) {
      spec = target.hasSpec() ? text(target.getSpec()) : spec;
      sheet = target.hasSheetSha256() ? text(target.getSheetSha256()) : sheet;
      computed = target.hasComputedSha256() ? text(target.getComputedSha256()) : computed;
      for (var result : results(target, new Sheets(spec, sheet, computed))) {
        if (!reader.take(result)) {
          return;
        }
      }
    }
  }

  /// What stands once for many targets.
  private record Sheets(String spec, String sheet, String computed) {}

  private List<DatedResult> results(TargetResults target, Sheets sheets) {
    try {
      var name = DatabaseName.parse(text(target.getTarget()));
      var keptFrom = target.getTime() == 0 ? null : times.get(target.getTime());
      var summary = target.getNumbersCount() == 0 ? null : summary(target);
      var results = new ArrayList<DatedResult>();
      for (var remark : remarks(target)) {
        results.add(
            new DatedResult(
                new Result(
                    name,
                    sheets.spec,
                    sheets.sheet,
                    remark.type,
                    remark.outcome,
                    remark.finding,
                    remark.summary ? summary : null,
                    sheets.computed),
                keptFrom));
      }
      return results;
    } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
      throw new StoredFormatException(what, e);
    }
  }

  private List<Remark> remarks(TargetResults target) {
    if (target.getPattern() != 0) {
      return patterns.get(target.getPattern());
    }
    var own = target.getFindingsList().stream().map(remarks::get).toList();
    patterns.add(own);
    return own;
  }

  private Remark remark(DeduplicatedResult.Finding finding) {
    var check = checks.get(finding.getCheck());
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

  private Shape shape(SummaryShape shape) {
    return new Shape(
        statementTypes.get(shape.getStatementTypes()),
        shape.getTablesList().stream().map(tables::get).toList(),
        shape.getAffected(),
        text(shape.getFingerprint()));
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
    var shape = shapes.get(target.getSummary());
    if (target.getNumbersCount() != 1 + 3 * shape.tables.size()) {
      throw new StoredFormatException(
          what,
          "%d numbers for %d tables of %s"
              .formatted(target.getNumbersCount(), shape.tables.size(), target.getTarget()));
    }
    var changed = new ArrayList<ChangedTable>(shape.tables.size());
    for (var table : shape.tables) {
      changed.add(table(table, target, 1 + 3 * changed.size()));
    }
    return new SummaryReport(
        shape.fingerprint, shape.types, changed, affected(shape.affected, target.getNumbers(0)));
  }

  private ChangedTable table(TableShape table, TargetResults target, int number) {
    return new ChangedTable(
        text(table.getTable()),
        table.getRowsKnown() ? target.getNumbers(number) : null,
        table.getBytesKnown() ? target.getNumbers(number + 1) : null,
        affected(table.getAffected(), target.getNumbers(number + 2)),
        StoredEnums.read(table.getAlteration(), what));
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
