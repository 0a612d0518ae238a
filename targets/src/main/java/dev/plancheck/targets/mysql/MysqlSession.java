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
import dev.plancheck.targets.mysql.ghost.Asker;
import dev.plancheck.targets.mysql.ghost.MysqlGhost;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// A connection to one MySQL or MariaDB database, for as long as it is not closed. It only reads.
final class MysqlSession implements TargetSession {
  private final Line line;
  private final DatabaseName target;
  private final boolean looksAtData;
  private final Failures failures;
  private final Runnable giveBack;
  private boolean used;
  private final AtomicBoolean closed = new AtomicBoolean();

  /// `looksAtData` is whether rows may be looked for that gh-ost would lose; `giveBack` takes the
  /// connection when the session is closed.
  MysqlSession(
      Line line, DatabaseName target, boolean looksAtData, Failures failures, Runnable giveBack) {
    this.line = line;
    this.target = target;
    this.looksAtData = looksAtData;
    this.failures = failures;
    this.giveBack = giveBack;
  }

  @Override
  public EngineVersion version() {
    return line.version().version();
  }

  @Override
  public Snapshot snapshot(Mentions mentions, SizeBorders borders) throws TargetException {
    try {
      return new SnapshotReader(line, failures).read(target.database(), mentions, borders);
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  @Override
  public List<RowEstimate> estimate(Script script, List<ScriptStatement> statements)
      throws TargetException {
    try {
      return new RowCounter(line, target.database(), failures.limits(), RowCounter.MOST_COUNTED)
          .estimate(script, statements);
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  @Override
  public Optional<GhostSession> ghost() {
    return Optional.of(
        new MysqlGhost(
            this::askForGhost, line.version().version().engine(), looksAtData, this::failed));
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
    line.cancel();
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      giveBack.run();
    }
  }

  private TargetException failed(SQLException failure) {
    return line.isCanceled() ? failures.canceled() : failures.asking(failure);
  }
}
