// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.cli.demo;

import dev.plancheck.checks.advise.ScriptReview;
import dev.plancheck.checks.memory.Memory;
import dev.plancheck.checks.plan.DatabaseName;
import dev.plancheck.checks.plan.Instance;
import dev.plancheck.checks.policy.AppliedPolicies;
import dev.plancheck.checks.policy.PolicySource;
import dev.plancheck.checks.run.CheckRunner;
import dev.plancheck.checks.run.CollectedResults;
import dev.plancheck.checks.run.Outcome;
import dev.plancheck.checks.run.PlanCheckRunConfig;
import dev.plancheck.checks.run.Result;
import dev.plancheck.checks.run.RunSettings;
import dev.plancheck.checks.run.StopSignal;
import dev.plancheck.checks.target.TargetConnector;
import dev.plancheck.checks.target.TargetException;
import dev.plancheck.checks.target.TargetSession;
import dev.plancheck.engine.Engine;
import dev.plancheck.engine.review.PolicyTerms;
import dev.plancheck.rules.Rules;
import dev.plancheck.targets.Targets;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/// `bench/mariadb`: what checking many databases of one MariaDB costs, against a connection for
/// each of them. See bench/README.md.
final class MariadbBench {
  /// The ways that are compared: the same code, the same reading.
  private enum Way {
    /// As a run does it: several at once, over connections that go from database to database.
    RUN,
    /// The same with a new connection for each database.
    CONNECTIONS,
    /// The same, one database after the other.
    LOOP
  }

  private final MariadbFleet fleet;
  private final Instance instance;
  private final Memory memory = new Memory(Clock.systemUTC());
  private final PlanCheckRunConfig config;
  private final PolicyTerms terms = new PolicyTerms(Rules.defaultPolicy());
  private final TargetConnector connector;

  private MariadbBench(MariadbFleet fleet) {
    this.fleet = fleet;
    var server = fleet.server();
    this.instance =
        new Instance(
            "fleet",
            "",
            Engine.MARIADB,
            "",
            server.host(),
            server.port(),
            server.user(),
            new Instance.Secret.None(),
            Instance.TlsMode.DISABLE);
    this.connector = new Targets(_ -> Optional.of(instance), _ -> server.password());
    var sheet = memory.sheets().put(MariadbFleet.SCRIPT).sha256();
    this.config =
        new PlanCheckRunConfig(
            fleet.databases().stream().map(name -> FanoutBench.target(name, sheet)).toList(),
            1,
            AppliedPolicies.own("", List.of("")),
            "",
            "");
  }

  static void main(String[] arguments) throws Exception {
    var databases = Integer.parseInt(arguments[0]);
    var rounds = Integer.parseInt(arguments[1]);
    try (var fleet = MariadbFleet.create(databases)) {
      System.out.printf(
          "%d databases of 5 tables on MariaDB %s, %d rounds, %d cores, Java %s%n",
          databases,
          fleet.server().binaries().version(),
          rounds,
          Runtime.getRuntime().availableProcessors(),
          Runtime.version());
      var bench = new MariadbBench(fleet);
      bench.proveEqual();
      var times = new ArrayList<Map<Way, Double>>();
      for (var round = 1; round <= rounds; round++) {
        times.add(bench.round(round));
      }
      System.out.println();
      ratio(times, "time of a run over a new connection each, as many at once", Way.CONNECTIONS);
      ratio(times, "time of a run over a new connection each, one by one", Way.LOOP);
    }
  }

  /// Also the warm pass: the first look at a table opens its files.
  private void proveEqual() throws Exception {
    var found = run(Way.RUN).stream().map(FanoutBench::found).toList();
    for (var way : List.of(Way.CONNECTIONS, Way.LOOP)) {
      if (!found.equals(run(way).stream().map(FanoutBench::found).toList())) {
        throw new IllegalStateException("the ways find different things, so times mean nothing");
      }
    }
    var looks =
        run(Way.RUN).stream()
            .flatMap(result -> Optional.ofNullable(result.summary()).stream())
            .map(summary -> summary.fingerprint())
            .distinct()
            .count();
    var wanted = 1 + Math.min(fleet.drifted(), 3);
    if (looks != wanted) {
      throw new IllegalStateException(
          "%d different databases (expected: %d)".formatted(looks, wanted));
    }
    System.out.printf(
        "All ways find the same on every database; %d drifted and are told apart.%n%n",
        fleet.drifted());
    System.out.printf(
        "%5s  %-12s %13s %10s %10s %10s %12s  %s%n",
        "round", "way", "ms a database", "server", "own", "questions", "connections", "load");
  }

  /// The order turns, so that no way gains by its place.
  private Map<Way, Double> round(int round) throws Exception {
    var times = new EnumMap<Way, Double>(Way.class);
    for (var place = 0; place < Way.values().length; place++) {
      var way = Way.values()[(place + round) % Way.values().length];
      System.gc();
      // Connections that were kept for a moment are gone then.
      Thread.sleep(5000);
      var before = counters();
      var own = FanoutBench.ownNanos();
      var start = System.nanoTime();
      run(way);
      var databases = (double) fleet.databases().size();
      var time = (System.nanoTime() - start) / 1e6 / databases;
      times.put(way, time);
      var after = counters();
      System.out.printf(
          "%5d  %-12s %13.2f %10.2f %10.2f %10.1f %12d  %s%n",
          round,
          way.name().toLowerCase(Locale.ROOT),
          time,
          (after.millis() - before.millis()) / databases,
          (FanoutBench.ownNanos() - own) / 1e6 / databases,
          (after.questions() - before.questions()) / databases,
          // One of them is the one that asks.
          after.connections() - before.connections() - 1,
          FanoutBench.load());
    }
    return times;
  }

  /// Of the server so far: processor time, questions asked, connections opened.
  private record Counters(long millis, long questions, long connections) {}

  private Counters counters() throws SQLException {
    try (var connection = fleet.server().connect("");
        var statement = connection.createStatement()) {
      return new Counters(
          fleet.serverMillis(), status(statement, "Questions"), status(statement, "Connections"));
    }
  }

  private static long status(Statement statement, String name) throws SQLException {
    try (var rows = statement.executeQuery("SHOW GLOBAL STATUS LIKE '" + name + "'")) {
      rows.next();
      return rows.getLong(2);
    }
  }

  private List<Result> run(Way way) throws InterruptedException {
    return switch (way) {
      case RUN -> run(RunSettings.DEFAULT, connector);
      case CONNECTIONS -> run(RunSettings.DEFAULT, new NewConnections(connector));
      case LOOP -> run(RunSettings.DEFAULT.withConnections(1, 1), new NewConnections(connector));
    };
  }

  private List<Result> run(RunSettings settings, TargetConnector targets)
      throws InterruptedException {
    var means =
        new CheckRunner.Means(
            new ScriptReview(null), _ -> new PolicySource.Found.Usable(terms), memory.sheets());
    try (var runner =
        new CheckRunner(targets, means, memory.ports().leases(), settings, Clock.systemUTC())) {
      var found = new CollectedResults();
      runner.run(config, new StopSignal(), found);
      var failed =
          found.all().stream().filter(result -> result.outcome() == Outcome.NOT_PERFORMED).toList();
      if (!failed.isEmpty() || found.targets() < config.chosen().size()) {
        throw new IllegalStateException(
            "%d checks were not performed: %s"
                .formatted(failed.size(), failed.isEmpty() ? "" : failed.getFirst()));
      }
      return found.all();
    }
  }

  private static void ratio(List<Map<Way, Double>> rounds, String name, Way other) {
    FanoutBench.print(
        name,
        rounds.stream()
            .mapToDouble(times ->
                Objects.requireNonNull(times.get(Way.RUN))
                    / Objects.requireNonNull(times.get(other)))
            .sorted()
            .toArray(),
        0.2,
        false);
  }

  /// A connection is shared by sessions with the same limits: here no two have the same.
  private record NewConnections(TargetConnector connector, AtomicInteger opened)
      implements TargetConnector {
    NewConnections(TargetConnector connector) {
      this(connector, new AtomicInteger());
    }

    @Override
    public TargetSession open(DatabaseName target, Limits limits) throws TargetException {
      var own = limits.connect().plusMillis(opened.incrementAndGet());
      return connector.open(target, new Limits(own, limits.statement(), limits.lock()));
    }
  }
}
