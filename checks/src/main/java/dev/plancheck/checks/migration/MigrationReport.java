// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.migration;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/// What a migration did, or would do, plan by plan. It must not open a gate, trusted or not.
///
/// `opened` and `openedTrusted` count plans whose gate was shut before and is not after; plans that
/// had their record before are not counted, because others have checked them since.
public record MigrationReport(
    List<Entry> plans, Totals totals, int opened, int openedTrusted, Duration trust) {
  /// What is reported on if nobody asks for any.
  public static final Duration DEFAULT_TRUST = Duration.ofDays(30);

  /// A plan and its gates.
  public record Entry(MigratedPlan plan, MigratedGates gates) {}

  /// Sums over all plans; `open` to `openTrusted` count gates.
  public record Totals(
      long rows,
      long results,
      long quarantined,
      int already,
      int open,
      int openAfter,
      int openTrusted) {}

  public MigrationReport {
    plans = List.copyOf(plans);
  }

  public static MigrationReport of(Iterable<MigratedPlan> plans, Duration trust, Instant now) {
    var entries = new ArrayList<Entry>();
    plans.forEach(plan -> entries.add(new Entry(plan, MigratedGates.of(plan, trust, now))));
    var made = entries.stream().filter(entry -> !entry.plan().already()).toList();
    return new MigrationReport(
        entries,
        totals(entries),
        count(made, entry -> !entry.gates().before() && entry.gates().after()),
        count(made, entry -> !entry.gates().before() && entry.gates().trusted()),
        trust);
  }

  /// Whether a gate would be open that was shut.
  public boolean opens() {
    return opened > 0 || openedTrusted > 0;
  }

  private static Totals totals(List<Entry> entries) {
    return new Totals(
        sum(entries, MigratedPlan::legacyRows),
        sum(entries, MigratedPlan::results),
        sum(entries, MigratedPlan::quarantinedRows),
        count(entries, entry -> entry.plan().already()),
        count(entries, entry -> entry.gates().before()),
        count(entries, entry -> entry.gates().after()),
        count(entries, entry -> entry.gates().trusted()));
  }

  private static long sum(List<Entry> entries, ToLongFunction<MigratedPlan> number) {
    return entries.stream().mapToLong(entry -> number.applyAsLong(entry.plan())).sum();
  }

  private static int count(List<Entry> entries, Predicate<Entry> which) {
    return (int) entries.stream().filter(which).count();
  }
}
