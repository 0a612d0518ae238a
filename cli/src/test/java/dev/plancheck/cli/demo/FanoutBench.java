// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.cli.demo;

import com.sun.management.OperatingSystemMXBean;
import dev.plancheck.checks.advise.ScriptReview;
import dev.plancheck.checks.memory.Memory;
import dev.plancheck.checks.plan.DatabaseName;
import dev.plancheck.checks.plan.Instance;
import dev.plancheck.checks.plan.Sheets;
import dev.plancheck.checks.policy.AppliedPolicies;
import dev.plancheck.checks.policy.PolicySource;
import dev.plancheck.checks.run.CheckRunner;
import dev.plancheck.checks.run.CheckTarget;
import dev.plancheck.checks.run.CheckType;
import dev.plancheck.checks.run.CollectedResults;
import dev.plancheck.checks.run.ConnectionLeases;
import dev.plancheck.checks.run.Outcome;
import dev.plancheck.checks.run.PlanCheckRunConfig;
import dev.plancheck.checks.run.Result;
import dev.plancheck.checks.run.RunSettings;
import dev.plancheck.checks.run.StopSignal;
import dev.plancheck.checks.target.TargetConnector;
import dev.plancheck.engine.Engine;
import dev.plancheck.engine.review.PolicyTerms;
import dev.plancheck.rules.Rules;
import dev.plancheck.targets.postgresql.PostgresqlConnector;
import dev.plancheck.targets.postgresql.wire.Destination;
import dev.plancheck.targets.postgresql.wire.ScramKeys;
import dev.plancheck.targets.postgresql.wire.ServerConnection;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToDoubleBiFunction;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// `bench/fanout`: what checking many databases costs, against the least that is possible and
/// against others. See bench/README.md.
final class FanoutBench {
  private static final int AT_ONCE = 8;

  /// The ways that are compared.
  private enum Way {
    RUN,
    SEQUENTIAL,
    EXPLAIN_ONLY,
    PGBENCH
  }

  /// Milliseconds a database: by the clock, of the server's processors, of ours.
  private record Cost(double wall, double server, double own) {}

  private final FanoutFleet fleet;
  private final Instance instance;
  private final Sheets sheets;
  private final ConnectionLeases leases;
  private final PlanCheckRunConfig config;
  private final PolicyTerms terms = new PolicyTerms(Rules.defaultPolicy());
  private final PostgresqlConnector connector;
  private final ScramKeys keys = new ScramKeys();
  private final @Nullable Path pgbench = pgbench();

  private FanoutBench(FanoutFleet fleet) {
    this.fleet = fleet;
    var cluster = fleet.cluster();
    this.instance =
        new Instance(
            "fleet",
            "",
            Engine.POSTGRESQL,
            "",
            cluster.host(),
            cluster.port(),
            cluster.user(),
            new Instance.Secret.None(),
            Instance.TlsMode.DISABLE);
    this.connector = new PostgresqlConnector(_ -> Optional.of(instance), _ -> cluster.password());
    var memory = new Memory(Clock.systemUTC());
    this.sheets = memory.sheets();
    this.leases = memory.ports().leases();
    var sheet = sheets.put(FanoutFleet.SCRIPT).sha256();
    this.config =
        new PlanCheckRunConfig(
            fleet.databases().stream().map(name -> target(name, sheet)).toList(),
            1,
            AppliedPolicies.own("", List.of("")),
            "",
            "");
  }

  static void main(String[] arguments) throws Exception {
    var databases = Integer.parseInt(arguments[0]);
    var rounds = Integer.parseInt(arguments[1]);
    System.out.printf(
        "%d databases of 50 tables, %d rounds, %d cores, Java %s%n",
        databases, rounds, Runtime.getRuntime().availableProcessors(), Runtime.version());
    try (var fleet = FanoutFleet.create(databases)) {
      var bench = new FanoutBench(fleet);
      bench.proveEqual();
      var costs = new ArrayList<Map<Way, Cost>>();
      for (var round = 1; round <= rounds; round++) {
        costs.add(bench.round(round));
      }
      report(costs);
    }
    ReviewBench.report();
  }

  /// Also the warm pass: the first connection to a fresh database is dearer, for everyone.
  private void proveEqual() throws Exception {
    var shared = run(RunSettings.DEFAULT, connector, config);
    var slow = sequential();
    if (!shared.stream()
        .map(FanoutBench::found)
        .toList()
        .equals(slow.stream().map(FanoutBench::found).toList())) {
      throw new IllegalStateException("the ways find different things, so times mean nothing");
    }
    var looks =
        shared.stream()
            .flatMap(r -> Optional.ofNullable(r.summary()).stream())
            .map(s -> s.fingerprint())
            .distinct()
            .count();
    var expected = 1 + Math.min(fleet.drifted(), FanoutFleet.DRIFTS.size());
    if (looks != expected) {
      throw new IllegalStateException(
          "%d kinds of databases (expected: %d)".formatted(looks, expected));
    }
    explainOnly();
    System.out.printf(
        "All ways find the same on every database; %d drifted and are told apart.%n%n",
        fleet.drifted());
    System.out.printf(
        "%5s  %-13s %9s %11s %9s  %s%n", "round", "way", "wall ms", "server ms", "own ms", "load");
  }

  static List<Object> found(Result result) {
    return List.of(result.target(), result.type(), result.outcome(), result.finding());
  }

  /// The order turns, so that no way gains by its place.
  private Map<Way, Cost> round(int round) throws Exception {
    var costs = new EnumMap<Way, Cost>(Way.class);
    for (var place = 0; place < Way.values().length; place++) {
      var way = Way.values()[(place + round) % Way.values().length];
      if (way != Way.PGBENCH || pgbench != null) {
        var cost = cost(way);
        costs.put(way, cost);
        System.out.printf(
            "%5d  %-13s %9.2f %11.2f %9.2f  %s%n",
            round,
            way.name().toLowerCase(Locale.ROOT),
            cost.wall(),
            cost.server(),
            cost.own(),
            load());
      }
    }
    return costs;
  }

  private Cost cost(Way way) throws Exception {
    System.gc();
    Thread.sleep(500);
    var count = (double) fleet.databases().size();
    var server = fleet.serverMillis();
    var own = ownNanos();
    var start = System.nanoTime();
    var wall =
        switch (way) {
          case RUN -> {
            run(RunSettings.DEFAULT, connector, config);
            yield System.nanoTime() - start;
          }
          case SEQUENTIAL -> {
            sequential();
            yield System.nanoTime() - start;
          }
          case EXPLAIN_ONLY -> {
            explainOnly();
            yield System.nanoTime() - start;
          }
          case PGBENCH -> (long) (1e9 * count / transactionsPerSecond());
        };
    own = ownNanos() - own;
    // Sessions count when the server has seen them end.
    Thread.sleep(500);
    return new Cost(wall / 1e6 / count, (fleet.serverMillis() - server) / count, own / 1e6 / count);
  }

  private List<Result> sequential() throws InterruptedException {
    return run(
        RunSettings.SEQUENTIAL_UNSHARED,
        new WholeCatalogues(connector),
        Comparison.oneByOne(config));
  }

  private List<Result> run(RunSettings settings, TargetConnector targets, PlanCheckRunConfig checks)
      throws InterruptedException {
    try (var runner = new CheckRunner(targets, means(), leases, settings, Clock.systemUTC())) {
      var found = new CollectedResults();
      runner.run(checks, new StopSignal(), found);
      var failed =
          found.all().stream().filter(result -> result.outcome() == Outcome.NOT_PERFORMED).count();
      if (failed > 0 || found.targets() < checks.chosen().size()) {
        throw new IllegalStateException("%d checks were not performed".formatted(failed));
      }
      return found.all();
    }
  }

  private CheckRunner.Means means() {
    return new CheckRunner.Means(
        new ScriptReview(null), _ -> new PolicySource.Found.Usable(terms), sheets);
  }

  private void explainOnly() throws Exception {
    var next = new AtomicInteger();
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      var workers = new ArrayList<Future<Boolean>>();
      for (var worker = 0; worker < AT_ONCE; worker++) {
        workers.add(
            executor.submit(() -> {
              for (var at = next.getAndIncrement();
                  at < fleet.databases().size();
                  at = next.getAndIncrement()) {
                var connection =
                    ServerConnection.open(
                        destination(fleet.databases().get(at)), fleet.cluster().password(), keys);
                connection.ask(FanoutFleet.EXPLAINS);
                connection.close();
              }
              return true;
            }));
      }
      for (var worker : workers) {
        worker.get();
      }
    }
  }

  private Destination destination(String database) {
    return Destination.plain(
        instance.host(),
        instance.port(),
        instance.user(),
        database,
        Duration.ofSeconds(10),
        Duration.ofSeconds(30));
  }

  private double transactionsPerSecond() throws IOException, InterruptedException {
    var script = Files.createTempFile("explains", ".sql");
    Files.writeString(script, FanoutFleet.EXPLAINS.strip().replace(";", " \\;") + ";\n");
    var builder =
        new ProcessBuilder(
            String.valueOf(pgbench),
            "-n",
            "-C",
            "-c",
            "" + AT_ONCE,
            "-j",
            "2",
            "-t",
            "" + Math.max(1, fleet.databases().size() / AT_ONCE),
            "-h",
            instance.host(),
            "-p",
            "" + instance.port(),
            "-U",
            instance.user(),
            "-f",
            script.toString(),
            fleet.databases().getFirst());
    builder.environment().put("PGPASSWORD", fleet.cluster().password());
    var process = builder.redirectErrorStream(true).start();
    var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    Files.delete(script);
    var told = Pattern.compile("tps = ([0-9.]+)").matcher(text);
    if (process.waitFor() != 0 || !told.find()) {
      throw new IOException("pgbench failed: " + text);
    }
    return Double.parseDouble(told.group(1));
  }

  private static @Nullable Path pgbench() {
    var folders = new ArrayList<Path>();
    for (var folder : System.getenv().getOrDefault("PATH", "").split(":", -1)) {
      folders.add(Path.of(folder));
    }
    for (var version = 18; version >= 13; version--) {
      folders.add(Path.of("/usr/lib/postgresql/" + version + "/bin"));
    }
    return folders.stream()
        .map(folder -> folder.resolve("pgbench"))
        .filter(Files::isExecutable)
        .findFirst()
        .orElse(null);
  }

  private static void report(List<Map<Way, Cost>> rounds) {
    System.out.println();
    ratio(
        rounds,
        "rate of a run over pgbench -C, EXPLAIN only",
        1.6,
        true,
        Way.PGBENCH,
        (run, other) -> other.wall() / run.wall());
    ratio(
        rounds,
        "rate of a run over the sequential loop",
        9,
        true,
        Way.SEQUENTIAL,
        (run, other) -> other.wall() / run.wall());
    ratio(
        rounds,
        "rate of a run over EXPLAIN only, our connections",
        0.75,
        true,
        Way.EXPLAIN_ONLY,
        (run, other) -> other.wall() / run.wall());
    ratio(
        rounds,
        "server time of a run over EXPLAIN only",
        1.3,
        false,
        Way.EXPLAIN_ONLY,
        (run, other) -> run.server() / other.server());
  }

  private static void ratio(
      List<Map<Way, Cost>> rounds,
      String name,
      double goal,
      boolean atLeast,
      Way other,
      ToDoubleBiFunction<Cost, Cost> of) {
    var ratios =
        rounds.stream()
            .filter(costs -> costs.containsKey(other))
            .mapToDouble(costs ->
                of.applyAsDouble(
                    Objects.requireNonNull(costs.get(Way.RUN)),
                    Objects.requireNonNull(costs.get(other))))
            .sorted()
            .toArray();
    if (ratios.length == 0) {
      System.out.printf("%-52s not measured: no pgbench here (Debian: postgresql-contrib)%n", name);
      return;
    }
    print(name, ratios, goal, atLeast);
  }

  static void print(String name, double[] sorted, double goal, boolean atLeast) {
    var middle = sorted.length / 2;
    var median =
        sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    var reached = atLeast ? median >= goal : median <= goal;
    System.out.printf(
        "%-52s %5.2f (%.2f to %.2f)  goal: %s %.2f  %s%n",
        name,
        median,
        sorted[0],
        sorted[sorted.length - 1],
        atLeast ? "at least" : "at most",
        goal,
        reached ? "reached" : "MISSED");
  }

  static long ownNanos() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  static String load() throws IOException {
    return Files.readString(Path.of("/proc/loadavg")).split(" ", -1)[0];
  }

  static CheckTarget target(String name, String sheet) {
    return new CheckTarget(
        new DatabaseName("fleet", name),
        "",
        "change",
        sheet,
        false,
        false,
        false,
        new TreeMap<>(),
        List.of(CheckType.STATEMENT_ADVISE, CheckType.STATEMENT_SUMMARY_REPORT),
        false);
  }
}
