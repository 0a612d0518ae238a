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
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The same checks the slow way, for comparison: one database after the other, a connection for
/// every check, nothing shared.
record SlowWay(CheckPorts ports, TargetConnector connector, ScriptReview review) {
  /// Milliseconds that the slow way takes for the plan's last run.
  long milliseconds(PlanName plan) throws InterruptedException {
    var config = ports.runs().config(plan).orElseThrow();
    var slow = RunSettings.SEQUENTIAL_UNSHARED;
    try (var runner = new CheckRunner(connector, review, ports.sheets(), slow, Clock.systemUTC())) {
      var start = System.nanoTime();
      runner.run(oneByOne(config), new StopSignal(), _ -> true);
      return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    }
  }

  private static PlanCheckRunConfig oneByOne(PlanCheckRunConfig config) {
    var single = new ArrayList<CheckTarget>();
    for (var target : config.chosen()) {
      for (var type : target.types()) {
        single.add(target.withTypes(List.of(type)));
      }
    }
    return config.withTargets(single);
  }
}
