// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.contract;

import dev.plancheck.checks.plan.DatabaseName;
import dev.plancheck.checks.run.CheckTarget;
import dev.plancheck.checks.run.CheckType;
import dev.plancheck.checks.run.Outcome;
import dev.plancheck.checks.run.Result;
import dev.plancheck.checks.summary.AffectedRows;
import dev.plancheck.checks.summary.AffectedRows.Method;
import dev.plancheck.checks.summary.Alteration;
import dev.plancheck.checks.summary.SummaryReport;
import dev.plancheck.engine.review.Finding;
import dev.plancheck.engine.review.Status;
import dev.plancheck.engine.text.Position;
import dev.plancheck.engine.text.TextRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Flat lists of results such as no run would make, repeatable by their seed: anything that the
/// types allow, with few distinct values so that much repeats.
public final class RandomResults {
  private static final List<String> TEXTS =
      List.of("", "a", "b c", "é😀 \"'\\\n\t", "{\"json\": [1]}", "null", "x".repeat(5000));

  private final Random random;

  private RandomResults(long seed) {
    this.random = new Random(seed);
  }

  public static List<Result> of(long seed, int count) {
    var generator = new RandomResults(seed);
    var results = new ArrayList<Result>();
    for (var index = 0; index < count; index++) {
      results.add(generator.result());
    }
    return results;
  }

  /// As [#of], all about one target.
  public static List<Result> about(CheckTarget target, long seed, int count) {
    return of(seed, count).stream()
        .map(result ->
            new Result(
                target.target(),
                target.spec(),
                target.sheet(),
                result.type(),
                result.outcome(),
                result.finding(),
                result.summary(),
                result.computed()))
        .toList();
  }

  private Result result() {
    return new Result(
        new DatabaseName(one("pg", "pg-2"), one("a", "b/c", "ü")),
        one("spec", "other", ""),
        one("0".repeat(64), Samples.SHEET.sha256()),
        any(CheckType.values()),
        any(Outcome.values()),
        finding(),
        maybe(this::summary),
        one("", "", "1".repeat(64), "2".repeat(64)));
  }

  private Finding finding() {
    return new Finding(text(), any(Status.values()), text(), text(), maybe(this::range));
  }

  private TextRange range() {
    var start = position();
    var end = position();
    return start.compareTo(end) <= 0 ? new TextRange(start, end) : new TextRange(end, start);
  }

  private Position position() {
    return new Position(1 + random.nextInt(3), 1 + random.nextInt(3));
  }

  private SummaryReport summary() {
    var types = new ArrayList<String>();
    for (var count = random.nextInt(4); count > 0; count--) {
      types.add(one("ALTER TABLE", "UPDATE", ""));
    }
    var tables = new ArrayList<SummaryReport.ChangedTable>();
    for (var count = random.nextInt(4); count > 0; count--) {
      tables.add(
          new SummaryReport.ChangedTable(
              text(),
              maybe(this::number),
              maybe(this::number),
              affected(),
              maybe(() -> any(Alteration.values()))));
    }
    return new SummaryReport(text(), types, tables, affected());
  }

  private AffectedRows affected() {
    var method = any(Method.values());
    return new AffectedRows(method, method == Method.UNKNOWN ? null : number(), text());
  }

  private Long number() {
    return any(0L, 1L, 42L, (long) Integer.MAX_VALUE + 1, Long.MAX_VALUE);
  }

  private String text() {
    return TEXTS.get(random.nextInt(TEXTS.size()));
  }

  private String one(String... values) {
    return any(values);
  }

  @SafeVarargs
  private <T> T any(T... values) {
    return values[random.nextInt(values.length)];
  }

  private <T> @Nullable T maybe(Supplier<T> value) {
    return random.nextBoolean() ? value.get() : null;
  }
}
