// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.store;

import com.zaxxer.hikari.HikariDataSource;
import dev.plancheck.checks.CheckPorts;
import dev.plancheck.checks.DecisionPorts;
import dev.plancheck.checks.access.AccessPorts;
import dev.plancheck.checks.legacy.LegacyUids;
import dev.plancheck.checks.notice.NoticePorts;
import dev.plancheck.checks.plan.DatabaseGroups;
import dev.plancheck.checks.plan.Databases;
import dev.plancheck.checks.plan.Environments;
import dev.plancheck.checks.plan.Instances;
import dev.plancheck.checks.plan.Plans;
import dev.plancheck.checks.plan.Projects;
import dev.plancheck.checks.plan.Releases;
import dev.plancheck.checks.plan.Sheets;
import dev.plancheck.checks.policy.ReviewPolicies;
import dev.plancheck.checks.rollout.RolloutPorts;
import dev.plancheck.checks.run.ConnectionLeases;
import dev.plancheck.checks.run.PlanCheckRun;
import dev.plancheck.checks.run.RunQueue;
import dev.plancheck.checks.run.Runs;
import dev.plancheck.checks.run.Shards;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementExceptions;
import org.jdbi.v3.core.statement.StatementExceptions.MessageRendering;

/// The room of our own database: its connections, its schema, and every storage port over them.
public final class Storage implements AutoCloseable {
  private static final int ANSWER_SECONDS = 5;

  private final Connections connections;
  private final HikariDataSource pool;
  private final RunWatch watch;
  private final Jdbi jdbi;
  private final Folding folding;
  private final Bell bell = new Bell();
  private final String owner = "%d-%s".formatted(ProcessHandle.current().pid(), UUID.randomUUID());

  private Storage(StorageConfig config, Connections connections) {
    this.connections = connections;
    this.pool = connections.pool();
    this.jdbi = jdbi(pool);
    this.watch = new RunWatch(connections, new RunReader(jdbi));
    this.folding = new Folding(jdbi, config.resultBudget());
  }

  /// Connects, brings the schema `plancheck` up to date and keeps connections ready. Throws
  /// [StorageException] when the database cannot be reached, is not a writable PostgreSQL 14 or
  /// newer in UTF-8, or holds the schema of a newer plancheck.
  public static Storage open(StorageConfig config) {
    var connections = new Connections(config);
    connections.requireUsable();
    Migrations.run(connections);
    return new Storage(config, connections);
  }

  static Jdbi jdbi(DataSource source) {
    var jdbi = Jdbi.create(source);
    jdbi.registerArrayType(String.class, "text");
    jdbi.registerArrayType(Integer.class, "integer");
    jdbi.registerArrayType(Long.class, "bigint");
    // Sheets and whatever else is bound to a statement stay out of messages.
    jdbi.getConfig(StatementExceptions.class).setMessageRendering(MessageRendering.NONE);
    return jdbi;
  }

  public Projects projects() {
    return new PostgresProjects(jdbi);
  }

  public Environments environments() {
    return new PostgresEnvironments(jdbi);
  }

  public AccessPorts access() {
    return new AccessPorts(new PostgresUsers(jdbi), new PostgresTokens(jdbi));
  }

  public NoticePorts notices() {
    return new NoticePorts(
        notice -> jdbi.useTransaction(handle -> Outbox.add(handle, notice)),
        new PostgresWebhooks(jdbi),
        new PostgresDeliveries(jdbi));
  }

  public Instances instances() {
    return new PostgresInstances(jdbi);
  }

  public Databases databases() {
    return new PostgresDatabases(jdbi);
  }

  public DatabaseGroups groups() {
    return new PostgresGroups(jdbi);
  }

  public Sheets sheets() {
    return new PostgresSheets(jdbi);
  }

  public Releases releases() {
    return new PostgresReleases(jdbi);
  }

  public ReviewPolicies policies() {
    return new PostgresReviewPolicies(jdbi);
  }

  public Plans plans() {
    return new PostgresPlans(jdbi);
  }

  /// The queue of rollouts works on nothing before it is started, and is closed before the storage.
  public DecisionPorts decisions(QueueSettings settings) {
    var queue = new SchedulerRolloutQueue(connections, bell, settings, owner);
    var rollouts =
        new RolloutPorts(
            new PostgresRollouts(jdbi, bell::ring), new PostgresRolloutTasks(jdbi), queue);
    return new DecisionPorts(
        new PostgresGateOverrides(jdbi),
        new PostgresApprovalPolicies(jdbi),
        new PostgresApprovals(jdbi),
        rollouts,
        notices().notices());
  }

  /// `unused` is how long a sheet stays that nothing names.
  public Retention retention(Duration unused) {
    return new Retention(jdbi, unused);
  }

  public Runs runs() {
    return new PostgresRuns(jdbi, folding, watch, bell::ring);
  }

  public Shards shards() {
    return new PostgresShards(jdbi, bell::ring);
  }

  /// The queue for this process; it works on nothing before it is started, and is closed before the
  /// storage.
  public RunQueue queue(QueueSettings settings) {
    return new SchedulerRunQueue(connections, folding, bell, settings, owner);
  }

  /// Every port, with a queue for this process.
  public CheckPorts ports(QueueSettings settings) {
    return new CheckPorts(
        projects(),
        environments(),
        instances(),
        databases(),
        groups(),
        sheets(),
        releases(),
        policies(),
        plans(),
        runs(),
        shards(),
        queue(settings),
        leases(),
        legacyUids());
  }

  /// Calls `listener` with every run that ends by this process, from now on. It must not block.
  public void onEnd(Consumer<PlanCheckRun> listener) {
    folding.add(listener);
  }

  public LegacyUids legacyUids() {
    return new PostgresLegacyUids(jdbi);
  }

  public ConnectionLeases leases() {
    return new PostgresLeases(jdbi, owner);
  }

  /// Folds at once what is to be folded, though no queue is started.
  void foldAll() {
    folding.foldAll();
  }

  /// Whether the database answers now; within some seconds, for health checks.
  public boolean answers() {
    try (var connection = pool.getConnection()) {
      return connection.isValid(ANSWER_SECONDS);
    } catch (SQLException e) {
      return false;
    }
  }

  /// Ends watching and gives back every connection.
  @Override
  public void close() {
    watch.close();
    pool.close();
  }
}
