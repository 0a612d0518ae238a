// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plancheck.checks.contract.RunStory;
import dev.plancheck.checks.contract.Samples;
import dev.plancheck.checks.contract.StoragePorts;
import dev.plancheck.checks.plan.PlanName;
import dev.plancheck.checks.run.PlanCheckRun;
import dev.plancheck.checks.run.PlanCheckRunConfig;
import dev.plancheck.checks.run.RunStatus;
import dev.plancheck.engine.review.Status;
import java.sql.SQLException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Watching runs that other programs change, and through failures.
final class RunWatchTest {
  private final LinkedBlockingQueue<PlanCheckRun> seen = new LinkedBlockingQueue<>();
  private static final PlanCheckRunConfig CONFIG = Samples.config(1);

  private StoragePorts ports;
  private PlanName plan;
  private RunStory story;

  @BeforeEach
  void createPlan() throws SQLException {
    ports = MetadataCluster.newest().emptyPorts();
    plan = Samples.plan(ports, "shop", 1).name();
    story = new RunStory(ports);
  }

  @Test
  void hearsWhatAnotherProgramChanges() throws Exception {
    try (var other = Storage.open(MetadataCluster.newest().shared().withPoolSize(2));
        var _ = other.runs().watch(plan, seen::add)) {
      var run = story.enqueue(plan, CONFIG, 1);
      assertThat(next(RunStatus.QUEUED)).isEqualTo(run);
      end(run);

      assertThat(next(RunStatus.DONE)).isEqualTo(ports.runs().get(plan).orElseThrow());
    }
  }

  @Test
  void hearsOfAChangeBeforeItWouldHaveLooked() throws Exception {
    try (var _ = ports.runs().watch(plan, seen::add)) {
      story.enqueue(plan, CONFIG, 1);
      next(RunStatus.QUEUED);
      var fastest = Long.MAX_VALUE;
      for (var attempt = 1; attempt <= 5; attempt++) {
        var started = System.nanoTime();
        ports.runs().cancel(plan, attempt, "");
        next(RunStatus.CANCELED);
        fastest = Math.min(fastest, System.nanoTime() - started);
        story.enqueue(plan, CONFIG, 1);
        next(RunStatus.QUEUED);
      }
      assertThat(fastest).as("nanoseconds, of 1 s between two looks").isLessThan(500_000_000L);
    }
  }

  @Test
  void isNotToldWhatItKnows() throws Exception {
    var run = story.enqueue(plan, CONFIG, 1);
    try (var _ = ports.runs().watch(plan, seen::add)) {
      ports.runs().cancel(plan, 1, "");
      assertThat(seen.poll(10, TimeUnit.SECONDS))
          .isNotEqualTo(run)
          .isEqualTo(ports.runs().get(plan).orElseThrow());
      assertThat(seen.poll(1500, TimeUnit.MILLISECONDS)).isNull();
    }
  }

  @Test
  void goesOnAfterItsConnectionDied() throws Exception {
    try (var other = Storage.open(MetadataCluster.newest().shared().withPoolSize(2));
        var _ = other.runs().watch(plan, seen::add)) {
      var run = story.enqueue(plan, CONFIG, 1);
      next(RunStatus.QUEUED);
      MetadataCluster.execute(
          MetadataCluster.newest().shared(),
          """
          select pg_terminate_backend(pid) from pg_stat_activity
          where datname = current_database() and query like 'listen %'
          """);
      end(run);

      assertThat(next(RunStatus.DONE).status()).isEqualTo(RunStatus.DONE);
    }
  }

  @Test
  void keepsOneConnectionHoweverManyWatchAndNoneAfterTheEnd() throws Exception {
    var config = MetadataCluster.newest().emptyDatabase();
    try (var storage = Storage.open(config.withPoolSize(1))) {
      var open = MetadataCluster.ports(storage);
      var watched = Samples.plan(open, "shop", 1).name();
      for (var count = 0; count < 50; count++) {
        open.runs().watch(watched, seen::add);
      }
      new RunStory(open).enqueue(watched, CONFIG, 1);
      for (var count = 0; count < 50; count++) {
        next(RunStatus.QUEUED);
      }
      assertThat(connections(config)).isEqualTo(2);
    }
    for (var look = 0; connections(config) > 0 && look < 100; look++) {
      Thread.sleep(50);
    }
    assertThat(connections(config)).isZero();
  }

  private void end(PlanCheckRun run) {
    story.complete(story.claim(run, 0), CONFIG, Status.SUCCESS);
  }

  private PlanCheckRun next(RunStatus wanted) throws InterruptedException {
    while (true) {
      var run = seen.poll(10, TimeUnit.SECONDS);
      assertThat(run).as("a change to %s within 10 s", wanted).isNotNull();
      if (run != null && run.status() == wanted) {
        return run;
      }
    }
  }

  private static int connections(StorageConfig config) throws SQLException {
    var name = config.jdbcUrl().substring(config.jdbcUrl().lastIndexOf('/') + 1);
    try (var connection = MetadataCluster.connect(MetadataCluster.newest().shared());
        var query =
            connection.prepareStatement(
                "select count(*) from pg_stat_activity where datname = ?")) {
      query.setString(1, name);
      try (var row = query.executeQuery()) {
        row.next();
        return row.getInt(1);
      }
    }
  }
}
