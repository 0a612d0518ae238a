// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.cli.demo;

import dev.plancheck.checks.plan.DatabaseName;
import dev.plancheck.checks.target.RowEstimate;
import dev.plancheck.checks.target.Snapshot;
import dev.plancheck.checks.target.TargetConnector;
import dev.plancheck.checks.target.TargetException;
import dev.plancheck.checks.target.TargetSession;
import dev.plancheck.engine.EngineVersion;
import dev.plancheck.engine.dialect.Script;
import dev.plancheck.engine.dialect.ScriptStatement;
import dev.plancheck.engine.schema.Mentions;
import dev.plancheck.engine.schema.SizeBorders;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Databases as the plain way reads them, for comparing: each connection reads the whole catalogue
/// of its database, whatever the script needs, and each database is opened once more for its
/// catalogue alone. It finds what others find, only later.
final class WholeCatalogues implements TargetConnector {
  private static final Mentions EVERYTHING =
      new Mentions(
          Collections.emptySortedSet(),
          Collections.emptySortedSet(),
          Collections.emptySortedSet(),
          Collections.emptySortedSet(),
          Collections.emptySortedSet(),
          true);

  private final TargetConnector connector;
  private final Set<DatabaseName> known = ConcurrentHashMap.newKeySet();

  WholeCatalogues(TargetConnector connector) {
    this.connector = connector;
  }

  @Override
  public TargetSession open(DatabaseName target, Limits limits) throws TargetException {
    if (known.add(target)) {
      try (var session = connector.open(target, limits)) {
        session.snapshot(EVERYTHING, SizeBorders.DEFAULT);
      }
    }
    return new WholeSession(connector.open(target, limits));
  }

  private static Mentions whole(Mentions some) {
    return new Mentions(
        some.relations(), some.indexes(), some.types(), some.functions(), some.schemas(), true);
  }

  private record WholeSession(TargetSession session) implements TargetSession {
    @Override
    public EngineVersion version() {
      return session.version();
    }

    @Override
    public Snapshot snapshot(Mentions mentions, SizeBorders borders) throws TargetException {
      return session.snapshot(whole(mentions), borders);
    }

    @Override
    public List<RowEstimate> estimate(Script script, List<ScriptStatement> statements)
        throws TargetException {
      return session.estimate(script, statements);
    }

    @Override
    public void cancel() {
      session.cancel();
    }

    @Override
    public void close() {
      session.close();
    }
  }
}
