// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.declarative;

import dev.plancheck.checks.target.TargetException;
import dev.plancheck.checks.target.TargetException.Kind;
import dev.plancheck.engine.EngineVersion;
import dev.plancheck.engine.dialect.Script;

/// Of a place that compares no schemas; it connects to nothing.
final class NoComputation implements SchemaDifferences.Computation {
  private static final String WHY = "schemas are not compared here";

  @Override
  public EngineVersion open() throws TargetException {
    throw new TargetException(Kind.OTHER, WHY);
  }

  @Override
  public Difference of(Script wanted) {
    return new Difference.NotComputed(WHY);
  }

  @Override
  public void cancel() {
    // Nothing runs.
  }

  @Override
  public void close() {
    // Nothing is open.
  }
}
