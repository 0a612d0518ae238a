// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.cli.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plancheck.checks.plan.DatabaseName;
import dev.plancheck.checks.plan.PlanName;
import dev.plancheck.checks.plan.Project;
import dev.plancheck.checks.plan.Spec;
import dev.plancheck.checks.run.PlanCheckRun;
import dev.plancheck.checks.run.Result;
import dev.plancheck.checks.run.RunCounts;
import dev.plancheck.checks.run.RunEvent;
import dev.plancheck.checks.run.RunStatus;
import dev.plancheck.checks.run.Verdict;
import dev.plancheck.store.Storage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/// Metadata, a relay before the fleet, and the servers of one test; and what must be true after
/// whatever happened.
final class Rig implements AutoCloseable {
  static final String INSTANCE = "main";
  static final int CHECKS_OF_A_TARGET = 2;

  /// Within which a dead server's work goes on elsewhere, and what is queued is begun.
  static final Duration REVIVAL = Duration.ofSeconds(15);

  private static final Duration END = Duration.ofSeconds(60);
  private static final String SCRIPT =
      "CREATE INDEX item_note ON item (note);\nUPDATE item SET price = price * 2 WHERE id = 1;\n";

  final Path folder;
  final Fleet fleet;
  final Metadata metadata;
  final Relay relay;
  private final List<Replica> replicas = new ArrayList<>();

  Rig(Path folder, Fleet fleet) throws IOException {
    this.folder = folder;
    this.fleet = fleet;
    this.metadata = Metadata.start(folder.resolve("metadata"));
    this.relay = new Relay(fleet.cluster().port());
  }

  /// A server that the test need not wait for.
  Replica begin(String... flags) throws IOException {
    var replica = Replica.begin(folder, metadata, fleet.cluster().password(), flags);
    replicas.add(replica);
    return replica;
  }

  Replica serve(String... flags) throws IOException, InterruptedException {
    return begin(flags).ready();
  }

  List<Replica> replicas() {
    return List.copyOf(replicas);
  }

  /// The server that works on the only shard there is.
  Replica worker() {
    var pid =
        metadata.text(
            "select split_part(picked_by, '-', 1) from plancheck.scheduled_shards where picked");
    return replicas.stream()
        .filter(replica -> Long.toString(replica.run().process().pid()).equals(pid))
        .findFirst()
        .orElseThrow(() -> new AssertionError("nobody works; picked by " + pid));
  }

  /// A plan over the whole fleet, and over further targets of other instances.
  PlanName plan(List<DatabaseName> further) {
    try (var storage = Storage.open(metadata.config())) {
      storage.projects().create(new Project("chaos", "Chaos", Project.Settings.DEFAULT));
      storage.instances().create(fleet.instance(INSTANCE, relay.port()));
      storage.databases().sync(INSTANCE, new HashSet<>(fleet.names()));
      var sheet = storage.sheets().put(SCRIPT).sha256();
      var targets = new ArrayList<>(Fleet.targets(INSTANCE, fleet.names()));
      targets.addAll(further);
      return storage
          .plans()
          .create(
              "chaos",
              "A plan",
              List.of(Spec.ChangeDatabase.migrate("one", sheet, targets)),
              "chaos")
          .name();
    }
  }

  PlanName plan() {
    return plan(List.of());
  }

  /// Another instance over another port, with some databases of these names.
  void instance(String id, int port, List<String> names) {
    try (var storage = Storage.open(metadata.config())) {
      storage.instances().create(fleet.instance(id, port));
      storage.databases().sync(id, new HashSet<>(names));
    }
  }

  PlanCheckRun run(PlanName plan) {
    try (var storage = Storage.open(metadata.config())) {
      return storage.runs().get(plan).orElseThrow();
    }
  }

  int done() {
    return (int) metadata.number("select done_count from plancheck.plan_check_run");
  }

  /// Waits until so many targets are finished, while the run is at work.
  void awaitDone(int targets) throws InterruptedException {
    Signals.await("%d finished targets".formatted(targets), END, () -> done() >= targets);
    assertThat(metadata.text("select status from plancheck.plan_check_run")).isEqualTo("RUNNING");
  }

  PlanCheckRun awaitEnd(PlanName plan) throws InterruptedException {
    Signals.await(
        "the end of the run",
        END,
        () ->
            !List.of("QUEUED", "RUNNING")
                .contains(metadata.text("select status from plancheck.plan_check_run")));
    Signals.await("its fold", REVIVAL, () -> leftovers() == 0);
    return run(plan);
  }

  /// Shards, chunks and executions, which a folded run has none of.
  private long leftovers() {
    return metadata.number(
        """
        select (select count(*) from plancheck.plan_check_run_shard)
          + (select count(*) from plancheck.plan_check_run_chunk)
          + (select count(*) from plancheck.scheduled_shards)
          + (select count(*) from plancheck.scheduled_chores where task_name = 'plan-check-fold')
        """);
  }

  /// What holds after any trouble: one row; nothing left over; every target has each check exactly
  /// once; counters and verdict are those of the results; the log tells the end once.
  PlanCheckRun assertWhole(PlanName plan, int targets) throws InterruptedException {
    var run = awaitEnd(plan);
    assertThat(metadata.number("select count(*) from plancheck.plan_check_run")).isEqualTo(1);
    try (var storage = Storage.open(metadata.config())) {
      var results = storage.runs().results(plan);
      assertThat(run.counts()).isEqualTo(counted(results, targets));
      var checks = new ArrayList<String>();
      results.forEach(result -> checks.add(result.target() + " " + result.type()));
      assertThat(new HashSet<>(checks)).hasSize(CHECKS_OF_A_TARGET * run.counts().done());
      assertThat(run.verdict()).isEqualTo(run.counts().verdict(run.status()));
      assertThat(storage.runs().events(plan, 0, 100))
          .extracting(RunEvent::kind)
          .filteredOn(kind -> kind == RunEvent.Kind.DONE)
          .hasSize(run.status() == RunStatus.DONE ? 1 : 0);
    }
    return run;
  }

  /// As [#assertWhole], of a run that must end well.
  PlanCheckRun assertDone(PlanName plan) throws InterruptedException {
    var run = assertWhole(plan, fleet.databases());
    assertThat(run.status()).isEqualTo(RunStatus.DONE);
    assertThat(run.counts().done()).isEqualTo(fleet.databases());
    assertThat(run.counts().notPerformed()).isZero();
    assertThat(run.verdict()).isEqualTo(Verdict.WARN);
    return run;
  }

  private static RunCounts counted(List<Result> results, int targets) {
    var counts = RunCounts.planned(targets, targets);
    var finished = new HashSet<DatabaseName>();
    for (var result : results) {
      counts = counts.plus(result);
      finished.add(result.target());
    }
    return counts.withDone(finished.size());
  }

  @Override
  public void close() throws IOException {
    replicas.forEach(Replica::close);
    relay.close();
    metadata.close();
  }
}
