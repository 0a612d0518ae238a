// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.target;

import dev.plancheck.checks.plan.DatabaseName;
import dev.plancheck.checks.target.Behaviour.Obeys;
import dev.plancheck.checks.target.Behaviour.Step;
import dev.plancheck.checks.target.Behaviour.Trouble;
import dev.plancheck.checks.target.RowEstimate.Planned;
import dev.plancheck.checks.target.RowEstimate.TableRows;
import dev.plancheck.engine.Engine;
import dev.plancheck.engine.EngineVersion;
import dev.plancheck.engine.dialect.Script;
import dev.plancheck.engine.dialect.ScriptStatement;
import dev.plancheck.engine.schema.Fingerprint;
import dev.plancheck.engine.schema.Mentions;
import dev.plancheck.engine.schema.SizeBorders;
import dev.plancheck.engine.sql.ObjectName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// Databases in memory that behave as a test scripts them, and count their connections.
///
/// What hangs and obeys nothing ends with [#release], which every test that scripts such a one must
/// call in the end.
public final class ScriptedTargets implements TargetConnector {
  private static final ObjectName BOOK = ObjectName.of("public", "book");

  private final Map<DatabaseName, SizeBorders> asked = new ConcurrentHashMap<>();
  private final Map<DatabaseName, Behaviour> behaviours = new ConcurrentHashMap<>();
  private final Map<String, Behaviour> instances = new ConcurrentHashMap<>();
  private final Map<DatabaseName, AtomicInteger> opened = new ConcurrentHashMap<>();
  private final Map<String, Integer> openNow = new HashMap<>();
  private final Map<String, Integer> mostOpen = new HashMap<>();
  private final Map<String, Integer> limits = new HashMap<>();
  private final Map<String, Integer> refused = new HashMap<>();
  private final CountDownLatch released = new CountDownLatch(1);
  private final AtomicInteger canceled = new AtomicInteger();
  private final List<List<DatabaseName>> together = Collections.synchronizedList(new ArrayList<>());
  private volatile boolean readsTogether;

  /// One database behaves otherwise than [Behaviour#FINE].
  public void script(DatabaseName name, Behaviour behaviour) {
    behaviours.put(name, behaviour);
  }

  /// All databases of an instance do, unless scripted by name.
  public void script(String instance, Behaviour behaviour) {
    instances.put(instance, behaviour);
  }

  /// The instance is BUSY for whoever would be one more than so many.
  public synchronized void limitOpen(String instance, int most) {
    limits.put(instance, most);
  }

  /// How often an instance had too many connections.
  public synchronized int refusedOf(String instance) {
    return refused.getOrDefault(instance, 0);
  }

  /// From now on it is one that reads several databases at once.
  public void readTogether() {
    readsTogether = true;
  }

  /// The databases that were to be asked the same, list by list.
  public List<List<DatabaseName>> together() {
    return List.copyOf(together);
  }

  @Override
  public Optional<TargetConnector> together(List<DatabaseName> targets, Engine engine) {
    if (!readsTogether) {
      return Optional.empty();
    }
    together.add(List.copyOf(targets));
    return Optional.of((target, limits) -> open(target, limits));
  }

  /// Lets go whatever hangs and obeys nothing.
  public void release() {
    released.countDown();
  }

  /// How often a database was asked for a connection.
  public int opened(DatabaseName name) {
    return opened.getOrDefault(name, new AtomicInteger()).get();
  }

  public int openedOf(String instance) {
    return opened.entrySet().stream()
        .filter(entry -> entry.getKey().instance().equals(instance))
        .mapToInt(entry -> entry.getValue().get())
        .sum();
  }

  public int cancels() {
    return canceled.get();
  }

  /// The most connections that an instance had at once; all instances together under "".
  public synchronized int mostOpen(String instance) {
    return mostOpen.getOrDefault(instance, 0);
  }

  public synchronized int openNow() {
    return openNow.getOrDefault("", 0);
  }

  @Override
  public TargetSession open(DatabaseName target, Limits limits) throws TargetException {
    opened.computeIfAbsent(target, _ -> new AtomicInteger()).incrementAndGet();
    var behaviour =
        behaviours.getOrDefault(target, instances.getOrDefault(target.instance(), Behaviour.FINE));
    var session = new Session(target, behaviour);
    takePlace(target.instance());
    try {
      session.perform(Step.OPEN);
    } catch (TargetException | RuntimeException e) {
      count(target.instance(), -1);
      throw e;
    }
    return session;
  }

  private synchronized void takePlace(String instance) throws TargetException {
    if (openNow.getOrDefault(instance, 0) >= limits.getOrDefault(instance, Integer.MAX_VALUE)) {
      refused.merge(instance, 1, Integer::sum);
      throw new TargetException(TargetException.Kind.BUSY, "too many connections");
    }
    count(instance, 1);
  }

  private synchronized void count(String instance, int change) {
    for (var key : List.of(instance, "")) {
      var now = openNow.merge(key, change, Integer::sum);
      mostOpen.merge(key, now, Math::max);
    }
  }

  /// By which borders the sizes of a database were asked for last.
  public Optional<SizeBorders> borders(DatabaseName target) {
    return Optional.ofNullable(asked.get(target));
  }

  private final class Session implements TargetSession {
    private final DatabaseName target;
    private final Behaviour behaviour;
    private final CountDownLatch cancel = new CountDownLatch(1);
    private final CountDownLatch close = new CountDownLatch(1);

    Session(DatabaseName target, Behaviour behaviour) {
      this.target = target;
      this.behaviour = behaviour;
    }

    @Override
    public EngineVersion version() {
      return behaviour.schema().version();
    }

    @Override
    public Snapshot snapshot(Mentions mentions, SizeBorders borders) throws TargetException {
      perform(Step.SNAPSHOT);
      asked.put(target, borders);
      return new Snapshot(
          behaviour.schema(),
          Fingerprint.of(behaviour.schema()),
          new TreeMap<>(Map.of(BOOK, new TableSize(behaviour.rows(), behaviour.rows() * 100))));
    }

    @Override
    public List<RowEstimate> estimate(Script script, List<ScriptStatement> statements)
        throws TargetException {
      perform(Step.ESTIMATE);
      return statements.stream()
          .<RowEstimate>map(statement ->
              new Planned(
                  statement.index(), List.of(new TableRows(BOOK, behaviour.rows())), List.of()))
          .toList();
    }

    @Override
    public void cancel() {
      canceled.incrementAndGet();
      cancel.countDown();
    }

    @Override
    public synchronized void close() {
      if (close.getCount() > 0) {
        count(target.instance(), -1);
        close.countDown();
      }
    }

    void perform(Step step) throws TargetException {
      delay(behaviour.delays().getOrDefault(step, Duration.ZERO));
      switch (behaviour.troubles().get(step)) {
        case null -> {}
        case Trouble.Fails(var kind, var message) -> throw new TargetException(kind, message);
        case Trouble.FailsAtFirst(var times, var kind, var message) -> {
          if (opened(target) <= times) {
            throw new TargetException(kind, message);
          }
        }
        case Trouble.Throws(var bug) -> throw bug;
        case Trouble.Hangs(var obeys) -> hang(obeys);
      }
    }

    private void delay(Duration delay) throws TargetException {
      try {
        if (close.await(delay.toNanos(), TimeUnit.NANOSECONDS)) {
          throw closed();
        }
      } catch (InterruptedException e) {
        throw interrupted();
      }
    }

    private void hang(Obeys obeys) throws TargetException {
      try {
        switch (obeys) {
          case CANCEL -> {
            cancel.await();
            throw new TargetException(
                TargetException.Kind.CANCELED, "canceling statement due to user request");
          }
          case CLOSE -> {
            awaitUninterruptibly(close);
            throw closed();
          }
          case INTERRUPT -> new CountDownLatch(1).await();
          case NOTHING -> awaitUninterruptibly(released);
        }
      } catch (InterruptedException e) {
        throw interrupted();
      }
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
      var interrupted = false;
      while (latch.getCount() > 0) {
        try {
          latch.await();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }

    private static TargetException closed() {
      return new TargetException(TargetException.Kind.OTHER, "the connection was closed");
    }

    private static TargetException interrupted() {
      Thread.currentThread().interrupt();
      return new TargetException(TargetException.Kind.OTHER, "interrupted");
    }
  }
}
