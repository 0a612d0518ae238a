// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.server.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plancheck.embedded.Cluster;
import dev.plancheck.embedded.ClusterConfig;
import dev.plancheck.embedded.ClusterConfig.Role;
import dev.plancheck.store.Storage;
import dev.plancheck.store.StorageConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;

/// How the heap of the process that executes a run grows with the targets of its plan; see
/// bench/README.md, section bench/memory. Run by `bench/memory`, never by `mvn verify`.
final class MemoryBench {
  private static final int GOAL = 8;
  private static final int SMALL = 1_000;
  private static final int LARGE = Integer.getInteger("bench.targets", 100_000);
  private static final int ROUNDS = Integer.getInteger("bench.rounds", 3);

  /// As `plancheck serve` runs, in little heap.
  private static final List<String> JAVA =
      List.of(
          "-XX:+UseG1GC",
          "-Xms32m",
          "-Xmx512m",
          "--sun-misc-unsafe-memory-access=allow",
          "--enable-native-access=ALL-UNNAMED");

  private final Cluster cluster = Cluster.start(ClusterConfig.throwAway(Role.METADATA));
  private int databases;

  /// Medians of one size, in bytes and milliseconds.
  private record Row(
      int targets, long used, long left, long held, long runMs, long cpuMs, long readMs) {
    String line(String kind) {
      return "%-12s %8d %9s %10s %9s %8d %12.3f %8d"
          .formatted(
              kind, targets, mb(used), mb(left), mb(held), runMs, (double) cpuMs / targets, readMs);
    }
  }

  @Test
  void theHeapOfALargeRunIsThatOfASmallOneManyTimesOver() throws Exception {
    try (cluster) {
      print("java " + String.join(" ", JAVA.subList(0, 3)) + ", medians of " + ROUNDS + " rounds");
      print(
          "%-12s %8s %9s %10s %9s %8s %12s %8s"
              .formatted(
                  "findings",
                  "targets",
                  "used MB",
                  "after GC",
                  "held MB",
                  "run ms",
                  "cpu ms/each",
                  "read ms"));
      measure("normal", false);
      measure("all unique", true);
    }
  }

  private void measure(String kind, boolean unique) throws Exception {
    var small = row(new SimulatedFleet(SMALL, unique));
    print(small.line(kind));
    var large = row(new SimulatedFleet(LARGE, unique));
    print(large.line(kind));
    print(
        String.format(
            Locale.ROOT,
            "%-12s %d times the targets: used %.1f, left after collections %.1f, held %.1f times"
                + " (goal: %d or less); one more target costs %.3f ms of cpu",
            kind,
            LARGE / SMALL,
            ratio(large.used, small.used),
            ratio(large.left, small.left),
            ratio(large.held, small.held),
            GOAL,
            (double) (large.cpuMs - small.cpuMs) / (LARGE - SMALL)));
  }

  private Row row(SimulatedFleet fleet) throws Exception {
    var plain = new ArrayList<FleetProcess.Report>();
    var held = new ArrayList<FleetProcess.Report>();
    for (var round = 0; round < ROUNDS; round++) {
      plain.add(run(fleet, false));
      held.add(run(fleet, true));
    }
    return new Row(
        fleet.targets(),
        median(plain, FleetProcess.Report::used),
        median(plain, FleetProcess.Report::left),
        median(held, FleetProcess.Report::left),
        median(plain, FleetProcess.Report::runMs),
        median(plain, FleetProcess.Report::runCpuMs),
        median(plain, FleetProcess.Report::readMs));
  }

  private FleetProcess.Report run(SimulatedFleet fleet, boolean insisting) throws Exception {
    var name = "fleet_" + databases++;
    try (var connection = cluster.connect("postgres");
        var statement = connection.createStatement()) {
      statement.execute("create database " + name);
    }
    var config =
        StorageConfig.of(cluster.jdbcUrl(name), cluster.user(), cluster.password()).withPoolSize(2);
    try (var storage = Storage.open(config)) {
      fleet.store(storage);
    }
    var url =
        "postgresql://%s:%s@%s:%d/%s"
            .formatted(cluster.user(), cluster.password(), cluster.host(), cluster.port(), name);
    var output =
        outputOf(
            url,
            Integer.toString(fleet.targets()),
            Boolean.toString(fleet.unique()),
            Boolean.toString(insisting));
    try (var connection = cluster.connect("postgres");
        var statement = connection.createStatement()) {
      statement.execute("drop database " + name);
    }
    return FleetProcess.Report.of(output);
  }

  private static String outputOf(String... args) throws IOException, InterruptedException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(JAVA);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(FleetProcess.class.getName());
    command.addAll(List.of(args));
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }

  private static long median(
      List<FleetProcess.Report> reports, ToLongFunction<FleetProcess.Report> number) {
    return reports.stream().mapToLong(number).sorted().toArray()[reports.size() / 2];
  }

  private static double ratio(long large, long small) {
    return (double) large / small;
  }

  private static String mb(long bytes) {
    return String.format(Locale.ROOT, "%.1f", bytes / 1e6);
  }

  private static void print(String line) {
    System.out.println(line);
  }
}
