// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.postgresql.declarative;

import dev.plancheck.checks.declarative.Difference;
import dev.plancheck.checks.declarative.SchemaDifferences;
import dev.plancheck.checks.plan.DatabaseName;
import dev.plancheck.checks.plan.Instance;
import dev.plancheck.checks.target.TargetConnector.Limits;
import dev.plancheck.checks.target.TargetException;
import dev.plancheck.checks.target.TargetException.Kind;
import dev.plancheck.engine.Engine;
import dev.plancheck.engine.EngineVersion;
import dev.plancheck.engine.dialect.Script;
import dev.plancheck.targets.login.Passwords;
import dev.plancheck.targets.postgresql.JdbcEntrance;
import dev.plancheck.targets.postgresql.declarative.CodeKeeper.NotUnderstoodException;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Differences between databases of PostgreSQL instances and wanted schemas. Of a target only its
/// catalogue is read, in one read-only transaction over one connection; everything else happens on
/// a server of ours. Safe for use by several threads.
public final class PostgresqlDifferences implements SchemaDifferences {
  /// The oldest that the library reads.
  private static final int OLDEST = 14;

  private final JdbcEntrance entrance;
  private final Comparisons comparisons;

  /// `instances` finds an instance by its id.
  public PostgresqlDifferences(
      Function<String, Optional<Instance>> instances, Passwords passwords, ScratchServer scratch) {
    this.entrance = new JdbcEntrance(instances, passwords);
    this.comparisons = new Comparisons(scratch);
  }

  @Override
  public Computation begin(DatabaseName target, Limits limits) {
    return new Reading(target, limits);
  }

  /// `canceled` is set once; `opened` while there is a connection to the target.
  private final class Reading implements Computation {
    private final DatabaseName target;
    private final Limits limits;
    private final Cut cut = new Cut();
    private volatile JdbcEntrance.@Nullable Opened opened;
    private int version;

    Reading(DatabaseName target, Limits limits) {
      this.target = target;
      this.limits = limits;
    }

    @Override
    public EngineVersion open() throws TargetException {
      var connected = entrance.open(target, limits);
      opened = connected;
      try {
        version = connected.connection().getMetaData().getDatabaseMajorVersion();
        return new EngineVersion(Engine.POSTGRESQL, version);
      } catch (SQLException e) {
        throw connected.asking(e);
      }
    }

    @Override
    public Difference of(Script wanted) throws TargetException, InterruptedException {
      try {
        var difference = compare(wanted);
        throwIfCut();
        return difference;
      } catch (Refusal e) {
        throwIfCut();
        return e.difference();
      } catch (TargetException | InterruptedException e) {
        throwIfCut();
        throw e;
      }
    }

    /// Whatever else went wrong then went wrong because of it.
    private void throwIfCut() throws TargetException {
      if (cut.isCut()) {
        throw new TargetException(
            Kind.CANCELED, "The comparison with %s was canceled.".formatted(target));
      }
    }

    private Difference compare(Script wanted)
        throws TargetException, InterruptedException, Refusal {
      if (version < OLDEST) {
        throw Refusal.because(
            "the database is on PostgreSQL %d, of which schemas are not compared (expected: %d or newer)"
                .formatted(version, OLDEST));
      }
      var existing = existing();
      if (existing.witness().treacherousName() != null) {
        throw Refusal.because(
            "the database has an object whose name holds a control character or the mark of a"
                + " comment");
      }
      return comparisons.difference(existing, wanted, cut);
    }

    private Schema existing() throws TargetException, Refusal, InterruptedException {
      var connected = opened;
      if (connected == null) {
        throw new IllegalStateException("not open");
      }
      try {
        return Schema.read(connected.connection(), version, limits, cut);
      } catch (SQLException e) {
        throw connected.asking(e);
      } catch (IOException e) {
        if (e.getCause() instanceof SQLException cause) {
          throw connected.asking(cause);
        }
        throw Refusal.because(
            "the schema of the database could not be read: %s".formatted(e.getMessage()));
      } catch (NotUnderstoodException e) {
        throw Refusal.because(
            "a part of the database's schema could not be read: %s".formatted(e.getMessage()));
      } finally {
        close();
      }
    }

    @Override
    public void cancel() {
      cut.cut();
    }

    @Override
    public void close() {
      var connected = opened;
      if (connected != null) {
        abort(connected.connection());
      }
    }

    /// Nothing of a transaction that only read is lost.
    private static void abort(Connection connection) {
      try {
        connection.abort(Runnable::run);
      } catch (SQLException _) {
        // Gone is what we wanted.
      }
    }
  }
}
