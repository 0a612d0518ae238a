// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.mysql.ghost;

import dev.plancheck.checks.ghost.Answer;
import dev.plancheck.checks.ghost.GhostFacts;
import dev.plancheck.checks.ghost.Noop;
import dev.plancheck.checks.ghost.NoopOrder;
import dev.plancheck.checks.ghost.Trial;
import dev.plancheck.checks.ghost.TrialOrder;
import dev.plancheck.checks.target.GhostSession;
import dev.plancheck.checks.target.TargetException;
import dev.plancheck.engine.sql.ObjectName;

/// Does what another session does; what is done otherwise is said by a subclass.
public abstract class ForwardingGhost implements GhostSession {
  private final GhostSession other;

  protected ForwardingGhost(GhostSession other) {
    this.other = other;
  }

  @Override
  public GhostFacts facts(ObjectName table) throws TargetException {
    return other.facts(table);
  }

  @Override
  public boolean looksAtData() {
    return other.looksAtData();
  }

  @Override
  public Answer<Boolean> findsRow(String select) throws TargetException {
    return other.findsRow(select);
  }

  @Override
  public boolean triesOnCopies() {
    return other.triesOnCopies();
  }

  @Override
  public Trial tryOnCopy(TrialOrder order) throws TargetException {
    return other.tryOnCopy(order);
  }

  @Override
  public boolean runsGhost() {
    return other.runsGhost();
  }

  @Override
  public Noop noop(NoopOrder order) throws TargetException {
    return other.noop(order);
  }
}
