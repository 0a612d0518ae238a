// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.declarative;

import dev.plancheck.checks.plan.DatabaseName;
import dev.plancheck.checks.target.TargetConnector.Limits;
import dev.plancheck.checks.target.TargetException;
import dev.plancheck.checks.target.TargetException.Kind;
import dev.plancheck.engine.EngineVersion;
import dev.plancheck.engine.dialect.Script;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/// Differences that tests choose: of a database without one there is nothing to change.
public final class ScriptedDifferences implements SchemaDifferences {
  private final Map<DatabaseName, Difference> differences = new ConcurrentHashMap<>();
  private final Map<DatabaseName, TargetException> failures = new ConcurrentHashMap<>();
  private final Map<DatabaseName, TargetException> failing = new ConcurrentHashMap<>();
  private final Map<DatabaseName, CountDownLatch> hanging = new ConcurrentHashMap<>();

  public void script(DatabaseName target, Difference difference) {
    differences.put(target, difference);
  }

  public void script(DatabaseName target, TargetException failure) {
    failures.put(target, failure);
  }

  /// The connection opens, and fails while the schema is read.
  public void fail(DatabaseName target, TargetException failure) {
    failing.put(target, failure);
  }

  /// The computation goes on until it is canceled.
  public void hang(DatabaseName target) {
    hanging.put(target, new CountDownLatch(1));
  }

  @Override
  public Computation begin(DatabaseName target, Limits limits) {
    return new Scripted(target);
  }

  private final class Scripted implements Computation {
    private final DatabaseName target;

    Scripted(DatabaseName target) {
      this.target = target;
    }

    @Override
    public EngineVersion open() throws TargetException {
      var failure = failures.get(target);
      if (failure != null) {
        throw failure;
      }
      return EngineVersion.POSTGRESQL_LATEST;
    }

    @Override
    public Difference of(Script wanted) throws TargetException, InterruptedException {
      var canceled = hanging.get(target);
      if (canceled != null) {
        canceled.await();
        throw new TargetException(Kind.CANCELED, "canceled");
      }
      var failure = failing.get(target);
      if (failure != null) {
        throw failure;
      }
      return differences.getOrDefault(target, new Difference.Computed(""));
    }

    @Override
    public void cancel() {
      var canceled = hanging.get(target);
      if (canceled != null) {
        canceled.countDown();
      }
    }

    @Override
    public void close() {
      cancel();
    }
  }
}
