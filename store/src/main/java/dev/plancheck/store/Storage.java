// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.store;

import com.zaxxer.hikari.HikariDataSource;
import dev.plancheck.checks.plan.Databases;
import dev.plancheck.checks.plan.Instances;
import dev.plancheck.checks.plan.Plans;
import dev.plancheck.checks.plan.Projects;
import dev.plancheck.checks.plan.Sheets;
import dev.plancheck.checks.run.Runs;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementExceptions;
import org.jdbi.v3.core.statement.StatementExceptions.MessageRendering;

/// The room of our own database: its connections, its schema, and every storage port over them.
public final class Storage implements AutoCloseable {
  private static final int ANSWER_SECONDS = 5;

  private final HikariDataSource pool;
  private final RunWatch watch;
  private final Jdbi jdbi;

  private Storage(HikariDataSource pool, RunWatch watch, Jdbi jdbi) {
    this.pool = pool;
    this.watch = watch;
    this.jdbi = jdbi;
  }

  /// Connects, brings the schema `plancheck` up to date and keeps connections ready. Throws
  /// [StorageException] when the database cannot be reached, is not a writable PostgreSQL 14 or
  /// newer in UTF-8, or holds the schema of a newer plancheck.
  public static Storage open(StorageConfig config) {
    var connections = new Connections(config);
    connections.requireUsable();
    Migrations.run(connections);
    var pool = connections.pool();
    var jdbi = jdbi(pool);
    return new Storage(pool, new RunWatch(connections, new RunReader(jdbi)), jdbi);
  }

  static Jdbi jdbi(DataSource source) {
    var jdbi = Jdbi.create(source);
    jdbi.registerArrayType(String.class, "text");
    jdbi.registerArrayType(Long.class, "bigint");
    // Sheets and whatever else is bound to a statement stay out of messages.
    jdbi.getConfig(StatementExceptions.class).setMessageRendering(MessageRendering.NONE);
    return jdbi;
  }

  public Projects projects() {
    return new PostgresProjects(jdbi);
  }

  public Instances instances() {
    return new PostgresInstances(jdbi);
  }

  public Databases databases() {
    return new PostgresDatabases(jdbi);
  }

  public Sheets sheets() {
    return new PostgresSheets(jdbi);
  }

  public Plans plans() {
    return new PostgresPlans(jdbi);
  }

  public Runs runs() {
    return new PostgresRuns(jdbi, watch);
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
