// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.store;

import java.io.PrintStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/// Measures steps of the benchmark and prints what came out.
final class BenchReport {
  static final PrintStream OUT = System.out;

  /// What one way took: milliseconds to store and to read, bytes of the value and of the log.
  record Cost(double storeMs, double readMs, long bytes, long wal) {}

  interface Step {
    void run() throws SQLException;
  }

  private BenchReport() {}

  static long wal(Connection sql, Step step) throws SQLException {
    // Both ways begin with the same costs of first changes of pages.
    BenchForms.execute(sql, "checkpoint");
    var before = BenchForms.number(sql, LSN);
    step.run();
    return BenchForms.number(sql, LSN) - before;
  }

  private static final String LSN = "select pg_current_wal_insert_lsn() - '0/0'";

  static double ms(Step step) throws SQLException {
    var started = System.nanoTime();
    step.run();
    return (System.nanoTime() - started) / 1e6;
  }

  static double medianMs(Step step) throws SQLException {
    step.run();
    var all = new double[11];
    for (var round = 0; round < all.length; round++) {
      all[round] = ms(step);
    }
    Arrays.sort(all);
    return all[all.length / 2];
  }

  /// The round in the middle, by the time to store.
  static Cost median(List<Cost> rounds) {
    var byTime = new TreeMap<Double, Cost>();
    rounds.forEach(cost -> byTime.put(cost.storeMs, cost));
    return List.copyOf(byTime.values()).get(byTime.size() / 2);
  }

  static double middle(List<Double> rounds) {
    return rounds.stream().sorted().toList().get(rounds.size() / 2);
  }

  static void print(String kind, int targets, String form, Cost cost) {
    OUT.printf(
        Locale.ROOT,
        "%-12s %8d %-7s %11.1f %11.1f %11d %11d%n",
        kind,
        targets,
        form,
        cost.storeMs,
        cost.readMs,
        cost.bytes,
        cost.wal);
  }

  /// A negative goal is none.
  static void goal(String what, double ratio, double most) {
    OUT.printf(
        Locale.ROOT,
        "%-28s %8.4f%s%n",
        what,
        ratio,
        most < 0
            ? ""
            : "  goal: at most %s  %s".formatted(most, ratio <= most ? "reached" : "MISSED"));
  }
}
