// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.server.metric;

import dev.plancheck.checks.plan.DatabaseName;
import dev.plancheck.checks.target.GhostSession;
import dev.plancheck.checks.target.RowEstimate;
import dev.plancheck.checks.target.Snapshot;
import dev.plancheck.checks.target.TargetConnector;
import dev.plancheck.checks.target.TargetException;
import dev.plancheck.checks.target.TargetSession;
import dev.plancheck.engine.Engine;
import dev.plancheck.engine.EngineVersion;
import dev.plancheck.engine.dialect.Script;
import dev.plancheck.engine.dialect.ScriptStatement;
import dev.plancheck.engine.schema.Mentions;
import dev.plancheck.engine.schema.SizeBorders;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/// Times every session with a target from its opening to its end, and counts those that could not
/// be had, by the reason.
public final class TimedConnector implements TargetConnector {
  private final TargetConnector connector;
  private final MeterRegistry numbers;
  private final AtomicInteger open;

  public TimedConnector(TargetConnector connector, MeterRegistry numbers) {
    this(connector, numbers, new AtomicInteger());
    numbers.gauge("plancheck.target.sessions.open", open);
  }

  /// `open` counts the sessions that are open now.
  private TimedConnector(TargetConnector connector, MeterRegistry numbers, AtomicInteger open) {
    this.connector = connector;
    this.numbers = numbers;
    this.open = open;
  }

  @Override
  public Optional<TargetConnector> together(List<DatabaseName> targets, Engine engine) {
    return connector
        .together(targets, engine)
        .map(together -> new TimedConnector(together, numbers, open));
  }

  @Override
  public TargetSession open(DatabaseName target, Limits limits) throws TargetException {
    var sample = Timer.start(numbers);
    try {
      var session = connector.open(target, limits);
      open.incrementAndGet();
      return new TimedSession(session, sample);
    } catch (TargetException e) {
      numbers
          .counter("plancheck.target.failures", "kind", e.kind().name().toLowerCase(Locale.ROOT))
          .increment();
      throw e;
    }
  }

  private final class TimedSession implements TargetSession {
    private final TargetSession session;
    private final Timer.Sample sample;
    private final AtomicBoolean closed = new AtomicBoolean();

    TimedSession(TargetSession session, Timer.Sample sample) {
      this.session = session;
      this.sample = sample;
    }

    @Override
    public EngineVersion version() {
      return session.version();
    }

    @Override
    public Snapshot snapshot(Mentions mentions, SizeBorders borders) throws TargetException {
      return session.snapshot(mentions, borders);
    }

    @Override
    public List<RowEstimate> estimate(Script script, List<ScriptStatement> statements)
        throws TargetException {
      return session.estimate(script, statements);
    }

    @Override
    public Optional<GhostSession> ghost() {
      return session.ghost();
    }

    @Override
    public void cancel() {
      session.cancel();
    }

    @Override
    public void close() {
      if (closed.compareAndSet(false, true)) {
        open.decrementAndGet();
        var _ = sample.stop(numbers.timer("plancheck.target.session"));
      }
      session.close();
    }
  }
}
