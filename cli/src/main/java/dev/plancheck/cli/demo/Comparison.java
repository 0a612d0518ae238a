// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.cli.demo;

import static dev.plancheck.checks.run.Outcome.NOT_PERFORMED;

import dev.plancheck.checks.CheckPorts;
import dev.plancheck.checks.advise.ScriptReview;
import dev.plancheck.checks.memory.Memory;
import dev.plancheck.checks.plan.PlanName;
import dev.plancheck.checks.policy.PolicySource;
import dev.plancheck.checks.run.CheckRunner;
import dev.plancheck.checks.run.CheckTarget;
import dev.plancheck.checks.run.CollectedResults;
import dev.plancheck.checks.run.ConnectionLeases;
import dev.plancheck.checks.run.PlanCheckRunConfig;
import dev.plancheck.checks.run.RunSettings;
import dev.plancheck.checks.run.StopSignal;
import dev.plancheck.checks.target.TargetConnector;
import dev.plancheck.cli.demo.DemoReport.Compared;
import dev.plancheck.cli.demo.DemoReport.Way;
import dev.plancheck.engine.review.PolicyTerms;
import dev.plancheck.rules.Rules;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The same checks in two ways, by the same code: as a run does them, and the plain way - one
/// database after the other, a connection for each check and one for the catalogue, the full
/// catalogue over each, nothing shared. Nothing is stored.
///
/// Both ways log in and read by the same code: what is compared is the way, not the driver.
record Comparison(CheckPorts ports, TargetConnector connector, ScriptReview review) {
  /// For the catalogue alone.
  private static final int MORE_CONNECTIONS = 1;

  /// Shared, sequential, and shared again, whose middle is compared: so neither way gains by its
  /// place.
  Compared of(PlanName plan) throws InterruptedException {
    var config = ports.runs().config(plan).orElseThrow();
    var before = shared(config);
    var sequential = sequential(config);
    var after = shared(config);
    var shared = (before + after) / 2;
    return new Compared(
        new Way(shared, config.chosen().size()),
        new Way(
            sequential,
            oneByOne(config).chosen().size() + MORE_CONNECTIONS * config.chosen().size()),
        (double) sequential / Math.max(1, shared));
  }

  /// As a run does them, in milliseconds.
  long shared(PlanCheckRunConfig config) throws InterruptedException {
    return milliseconds(connector, RunSettings.DEFAULT, config);
  }

  /// The plain way, in milliseconds.
  long sequential(PlanCheckRunConfig config) throws InterruptedException {
    return milliseconds(
        new WholeCatalogues(connector), RunSettings.SEQUENTIAL_UNSHARED, oneByOne(config));
  }

  /// Runs the checks and throws away what they find.
  private long milliseconds(
      TargetConnector targets, RunSettings settings, PlanCheckRunConfig config)
      throws InterruptedException {
    try (var runner = new CheckRunner(targets, means(), unshared(), settings, Clock.systemUTC())) {
      var found = new CollectedResults();
      var start = System.nanoTime();
      runner.run(config, new StopSignal(), found);
      var took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
      var failed = found.all().stream().filter(result -> result.outcome() == NOT_PERFORMED).count();
      if (failed > 0 || found.targets() < config.chosen().size()) {
        throw new IllegalStateException(
            "%d checks of %d targets were not performed, so times mean nothing"
                .formatted(failed, config.chosen().size()));
      }
      return took;
    }
  }

  /// Whatever policy the runs name: it is one and the same for both ways.
  private CheckRunner.Means means() {
    var terms = new PolicyTerms(Rules.defaultPolicy());
    return new CheckRunner.Means(review, _ -> new PolicySource.Found.Usable(terms), ports.sheets());
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

  /// The server keeps the leases of its last run for a moment, for its next one: nobody who is
  /// measured shall wait for them.
  private static ConnectionLeases unshared() {
    return new Memory(Clock.systemUTC()).ports().leases();
  }
}
