// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.mysql;

import dev.plancheck.checks.plan.DatabaseName;
import dev.plancheck.checks.target.GhostSession;
import dev.plancheck.checks.target.RowEstimate;
import dev.plancheck.checks.target.Snapshot;
import dev.plancheck.checks.target.TargetException;
import dev.plancheck.checks.target.TargetSession;
import dev.plancheck.engine.EngineVersion;
import dev.plancheck.engine.dialect.Script;
import dev.plancheck.engine.dialect.ScriptStatement;
import dev.plancheck.engine.schema.Mentions;
import dev.plancheck.engine.schema.SizeBorders;
import dev.plancheck.targets.mysql.clone.CopyTrial;
import dev.plancheck.targets.mysql.clone.GhostWithCopy;
import dev.plancheck.targets.mysql.ghost.Asker;
import dev.plancheck.targets.mysql.ghost.MysqlGhost;
import dev.plancheck.targets.mysql.noop.GhostWithNoop;
import dev.plancheck.targets.mysql.noop.NoopRun;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// A connection to one MySQL or MariaDB database, for as long as it is not closed. It only reads;
/// what is tried on a copy has a connection of its own.
final class MysqlSession implements TargetSession {
  private final Together.Asking asking;
  private final Line line;
  private final DatabaseName target;
  private final Together together;
  private final Probing probing;
  private final Failures failures;
  private final Runnable giveBack;
  private CountFacts known = CountFacts.NONE;
  private boolean used;
  private final AtomicBoolean closed = new AtomicBoolean();

  /// What a check for gh-ost may do beside reading the catalogue: look for rows that would be lost,
  /// try the ALTER on a copy, and run gh-ost itself; what is null is not done.
  record Probing(boolean data, @Nullable CopyTrial trial, @Nullable NoopRun noop) {}

  /// `together` is shared with sessions of other databases that are asked the same; `giveBack`
  /// takes the connection when the session is closed.
  MysqlSession(
      Together.Asking asking,
      DatabaseName target,
      Together together,
      Probing probing,
      Runnable giveBack) {
    this.asking = asking;
    this.line = asking.line();
    this.target = target;
    this.together = together;
    this.probing = probing;
    this.failures = asking.failures();
    this.giveBack = giveBack;
  }

  @Override
  public EngineVersion version() {
    return line.version().version();
  }

  @Override
  public Snapshot snapshot(Mentions mentions, SizeBorders borders) throws TargetException {
    try {
      var told = together.tell(target.database(), asking, mentions, borders);
      known = told.facts();
      return told.snapshot();
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  @Override
  public List<RowEstimate> estimate(Script script, List<ScriptStatement> statements)
      throws TargetException {
    try {
      return new RowCounter(line, target.database(), failures.limits(), RowCounter.MOST_COUNTED)
          .estimate(together.plan(script), statements, known);
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  @Override
  public Optional<GhostSession> ghost() {
    var reading =
        new MysqlGhost(
            this::askForGhost, line.version().version().engine(), probing.data(), this::failed);
    var trial = probing.trial();
    var noop = probing.noop();
    if (trial == null) {
      return Optional.of(reading);
    }
    var trying = new GhostWithCopy(reading, trial, failures::canceled);
    return Optional.of(
        noop == null ? trying : new GhostWithNoop(trying, noop, this::askForGhost, this::failed));
  }

  private List<SortedMap<String, @Nullable String>> askForGhost(String question)
      throws SQLException {
    if (!used) {
      line.use(target.database());
      used = true;
    }
    return line.attempt(question, Asker::rows);
  }

  @Override
  public void cancel() {
    cancelProbing();
    line.cancel();
  }

  private void cancelProbing() {
    var trial = probing.trial();
    if (trial != null) {
      trial.cancel();
    }
    var noop = probing.noop();
    if (noop != null) {
      noop.cancel();
    }
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      cancelProbing();
      giveBack.run();
    }
  }

  private TargetException failed(SQLException failure) {
    return line.isCanceled() ? failures.canceled() : failures.asking(failure);
  }
}
