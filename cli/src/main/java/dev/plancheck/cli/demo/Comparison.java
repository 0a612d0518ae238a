// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.cli.demo;

import dev.plancheck.checks.CheckPorts;
import dev.plancheck.checks.advise.ScriptReview;
import dev.plancheck.checks.plan.PlanName;
import dev.plancheck.checks.run.CheckRunner;
import dev.plancheck.checks.run.CheckTarget;
import dev.plancheck.checks.run.PlanCheckRunConfig;
import dev.plancheck.checks.run.RunSettings;
import dev.plancheck.checks.run.StopSignal;
import dev.plancheck.checks.target.TargetConnector;
import dev.plancheck.cli.demo.DemoReport.Compared;
import dev.plancheck.cli.demo.DemoReport.Way;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The same checks in two ways, by the same code: as a run does them, and the slow way - one
/// database after the other, a connection for every check, nothing shared. Nothing is stored.
record Comparison(CheckPorts ports, TargetConnector connector, ScriptReview review) {
  /// Shared, unshared, and shared again, whose middle is compared: so neither way gains by its
  /// place.
  Compared of(PlanName plan) throws InterruptedException {
    var config = ports.runs().config(plan).orElseThrow();
    var before = milliseconds(RunSettings.DEFAULT, config);
    var sequential = milliseconds(RunSettings.SEQUENTIAL_UNSHARED, oneByOne(config));
    var after = milliseconds(RunSettings.DEFAULT, config);
    var shared = (before + after) / 2;
    return new Compared(
        new Way(shared, config.chosen().size()),
        new Way(sequential, oneByOne(config).chosen().size()),
        (double) sequential / Math.max(1, shared));
  }

  /// Runs the checks and throws away what they find.
  long milliseconds(RunSettings settings, PlanCheckRunConfig config) throws InterruptedException {
    try (var runner =
        new CheckRunner(connector, review, ports.sheets(), settings, Clock.systemUTC())) {
      var start = System.nanoTime();
      var report = runner.run(config, new StopSignal(), _ -> true);
      var took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
      if (report.counts().notPerformed() > 0) {
        throw new IllegalStateException(
            "%d checks were not performed, so times mean nothing"
                .formatted(report.counts().notPerformed()));
      }
      return took;
    }
  }

  static PlanCheckRunConfig oneByOne(PlanCheckRunConfig config) {
    var single = new ArrayList<CheckTarget>();
    for (var target : config.chosen()) {
      for (var type : target.types()) {
        single.add(target.withTypes(List.of(type)));
      }
    }
    return config.withTargets(single);
  }
}
