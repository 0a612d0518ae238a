// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.server.fleet;

import com.sun.management.OperatingSystemMXBean;
import dev.plancheck.checks.plan.PlanName;
import dev.plancheck.checks.run.RunScope;
import dev.plancheck.checks.run.Runs;
import dev.plancheck.store.StorageConfig;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/// A process of its own that runs the checks of a stored plan, reads all results and lists the run,
/// and tells in one line what that took.
final class FleetProcess {
  private FleetProcess() {}

  /// What a process tells: bytes, and milliseconds of the run and of reading all its results.
  record Report(
      long used,
      long left,
      long collections,
      long runMs,
      long runCpuMs,
      long readMs,
      long results) {
    private static final String MARK = "fleet";

    String line() {
      return "%s %d %d %d %d %d %d %d"
          .formatted(MARK, used, left, collections, runMs, runCpuMs, readMs, results);
    }

    static Report of(String output) {
      var line =
          output
              .lines()
              .filter(text -> text.startsWith(MARK + " "))
              .findFirst()
              .orElseThrow(() -> new IllegalStateException("no report in: " + output));
      var parts = line.split(" ", -1);
      return new Report(
          Long.parseLong(parts[1]),
          Long.parseLong(parts[2]),
          Long.parseLong(parts[3]),
          Long.parseLong(parts[4]),
          Long.parseLong(parts[5]),
          Long.parseLong(parts[6]),
          Long.parseLong(parts[7]));
    }
  }

  /// `URL TARGETS UNIQUE INSISTING`
  public static void main(String[] args) throws InterruptedException {
    var metadata = StorageConfig.parse(args[0]);
    var fleet = new SimulatedFleet(Integer.parseInt(args[1]), Boolean.parseBoolean(args[2]));
    var plan = new PlanName("fleet", 1);
    try (var rooms = FleetRooms.open(metadata, fleet);
        var heap = new HeapWatch(Boolean.parseBoolean(args[3]))) {
      var begin = System.nanoTime();
      var cpu = cpu();
      var runs = rooms.checks().runs();
      var run = runs.await(runs.start(plan, RunScope.WHOLE, "bench"));
      if (run.counts().done() != fleet.targets()) {
        throw new IllegalStateException("not whole: " + run);
      }
      var runCpuMs = ms(cpu() - cpu);
      var runMs = ms(System.nanoTime() - begin);
      var reading = System.nanoTime();
      var results = readAll(rooms.ports().runs(), plan);
      var readMs = ms(System.nanoTime() - reading);
      System.out.println(
          new Report(heap.used(), heap.left(), heap.collections(), runMs, runCpuMs, readMs, results)
              .line());
    }
  }

  private static long readAll(Runs runs, PlanName plan) {
    var results = new AtomicLong();
    var run =
        runs.read(
            plan,
            0,
            _ -> {
              results.incrementAndGet();
              return true;
            });
    if (run.isEmpty() || !runs.list(Runs.Query.first(50)).contains(run.get())) {
      throw new IllegalStateException("the run is not listed: " + run);
    }
    return results.get();
  }

  private static long cpu() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  private static long ms(long nanos) {
    return Duration.ofNanos(nanos).toMillis();
  }
}
