// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.declarative;

import dev.plancheck.checks.plan.DatabaseName;
import dev.plancheck.checks.target.TargetConnector.Limits;
import dev.plancheck.checks.target.TargetException;
import dev.plancheck.engine.EngineVersion;
import dev.plancheck.engine.dialect.Script;

/// The port that tells what leads from a database's schema to a wanted one. It writes nothing to
/// the database. Safe for use by several threads.
public interface SchemaDifferences {
  /// For where nothing is compared: every answer is that it was not computed.
  static SchemaDifferences none() {
    return (_, _) -> new NoComputation();
  }

  /// One computation, to be closed. It opens no connection before [Computation#open].
  Computation begin(DatabaseName target, Limits limits);

  /// Used by one thread, but for the ends of it.
  interface Computation extends AutoCloseable {
    /// Connects, and tells the version of the target. Blocks no longer than the limit.
    EngineVersion open() throws TargetException;

    /// Blocks until the answer is there. `wanted` is the judged script of the wanted schema for the
    /// target's version. Throws [TargetException] when the database could not be read.
    Difference of(Script wanted) throws TargetException, InterruptedException;

    /// Ends what runs now; from any thread, at any time, never throws.
    void cancel();

    /// From any thread, at any time, and more than once; never throws. A call under way ends with
    /// an exception.
    @Override
    void close();
  }
}
