// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.cli.demo;

import dev.plancheck.checks.advise.ScriptReview;
import dev.plancheck.checks.advise.SharedReviews;
import dev.plancheck.checks.policy.GoverningTerms;
import dev.plancheck.checks.target.Snapshot;
import dev.plancheck.engine.EngineVersion;
import dev.plancheck.engine.review.PolicyTerms;
import dev.plancheck.engine.schema.Schema;
import dev.plancheck.rules.Rules;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.DoubleStream;

/// How much more it takes to parse and review a script for 1,000 databases that look alike than for
/// one. The script is as long as migrations are: the shorter, the more the lookups weigh.
final class ReviewBench {
  private static final int ROUNDS = 15;

  /// Runs in one sample: some systems count processor time in hundredths of a second.
  private static final int RUNS = 40;

  private static final String SHEET = "sheet";

  private ReviewBench() {}

  static void report() throws ExecutionException, InterruptedException {
    var text = FanoutFleet.SCRIPT.repeat(20);
    nanos(text, 1);
    nanos(text, 1000);
    var ratios = DoubleStream.builder();
    for (var round = 0; round < ROUNDS; round++) {
      var one = nanos(text, 1);
      ratios.add((double) nanos(text, 1000) / one);
    }
    FanoutBench.print(
        "review of 1,000 alike over one (100 statements)",
        ratios.build().sorted().toArray(),
        1.05,
        false);
  }

  /// Processor time of this thread, which does all of it.
  private static long nanos(String text, int targets)
      throws ExecutionException, InterruptedException {
    var threads = ManagementFactory.getThreadMXBean();
    var version = EngineVersion.POSTGRESQL_LATEST;
    var snapshot = new Snapshot(Schema.unknown(version), "alike", new TreeMap<>());
    var usual = new GoverningTerms("", new PolicyTerms(Rules.defaultPolicy()));
    var start = threads.getCurrentThreadCpuTime();
    for (var run = 0; run < RUNS; run++) {
      var reviews =
          new SharedReviews(new ScriptReview(null), Map.of(SHEET, text), Runnable::run, true);
      for (var target = 0; target < targets; target++) {
        var script = reviews.script(SHEET, version).get();
        reviews.review(SHEET, List.of(), script, snapshot, usual).get();
      }
    }
    return threads.getCurrentThreadCpuTime() - start;
  }
}
