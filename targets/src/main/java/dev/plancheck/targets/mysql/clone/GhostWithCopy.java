// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.mysql.clone;

import dev.plancheck.checks.ghost.Trial;
import dev.plancheck.checks.ghost.TrialOrder;
import dev.plancheck.checks.target.GhostSession;
import dev.plancheck.checks.target.TargetException;
import dev.plancheck.targets.mysql.ghost.ForwardingGhost;
import java.util.function.Supplier;

/// Reads as another session does, and tries on a copy what is asked for.
public final class GhostWithCopy extends ForwardingGhost {
  private final CopyTrial trial;
  private final Supplier<TargetException> canceled;

  public GhostWithCopy(GhostSession reading, CopyTrial trial, Supplier<TargetException> canceled) {
    super(reading);
    this.trial = trial;
    this.canceled = canceled;
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
