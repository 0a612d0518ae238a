// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.mysql.clone;

import dev.plancheck.checks.ghost.Answer;
import dev.plancheck.checks.ghost.GhostFacts;
import dev.plancheck.checks.ghost.Trial;
import dev.plancheck.checks.ghost.TrialOrder;
import dev.plancheck.checks.target.GhostSession;
import dev.plancheck.checks.target.TargetException;
import dev.plancheck.engine.sql.ObjectName;
import java.util.function.Supplier;

/// Reads as another session does, and tries on a copy what is asked for.
public final class GhostWithCopy implements GhostSession {
  private final GhostSession reading;
  private final CopyTrial trial;
  private final Supplier<TargetException> canceled;

  public GhostWithCopy(GhostSession reading, CopyTrial trial, Supplier<TargetException> canceled) {
    this.reading = reading;
    this.trial = trial;
    this.canceled = canceled;
  }

  @Override
  public GhostFacts facts(ObjectName table) throws TargetException {
    return reading.facts(table);
  }

  @Override
  public boolean looksAtData() {
    return reading.looksAtData();
  }

  @Override
  public Answer<Boolean> findsRow(String select) throws TargetException {
    return reading.findsRow(select);
  }

  @Override
  public boolean triesOnCopies() {
    return true;
  }

  @Override
  public Trial tryOnCopy(TrialOrder order) throws TargetException {
    var tried = trial.of(order);
    if (trial.isCanceled()) {
      throw canceled.get();
    }
    return tried;
  }
}
