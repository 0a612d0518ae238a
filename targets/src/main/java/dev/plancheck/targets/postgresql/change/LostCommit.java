// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.postgresql.change;

import dev.plancheck.checks.rollout.ChangeOrder;
import dev.plancheck.checks.rollout.ChangeOutcome.Busy;
import dev.plancheck.checks.run.StopSignal;
import dev.plancheck.checks.target.TargetException;
import dev.plancheck.targets.postgresql.Entrance;
import dev.plancheck.targets.postgresql.change.RecordTable.Limit;
import java.sql.SQLException;

/// Finds out, over a new connection, what became of a COMMIT that nobody answered: by trying to
/// write the task's row. A duplicate: it is applied. Written: it was rolled back and the backend
/// has let go of it; ours is rolled back too. Waiting in vain: the backend is still at it.
record LostCommit(Entrance entrance, ChangeOrder order, Limit limit) {
  private static final int TRIES = 5;

  /// Throws [Ended] with [Busy] when it cannot be told now. A stop does not shorten this.
  boolean wasApplied() throws Ended, InterruptedException {
    var why = "";
    for (var attempt = 0; attempt < TRIES; attempt++) {
      if (attempt > 0) {
        Thread.sleep(order.limits().pause());
      }
      try (var session =
          new Session(
              entrance.enter(order.target(), Session.limits(order.limits())), new StopSignal())) {
        RecordTable.begin(session, order.task(), order.sheet().sha256(), limit);
        session.rollBack();
        return false;
      } catch (TargetException e) {
        why = String.valueOf(e.getMessage());
      } catch (SQLException e) {
        if (Faults.state(e).equals(Faults.DUPLICATE_KEY)) {
          return true;
        }
        why = Faults.words(e);
      }
      Work.throwIfInterrupted();
    }
    throw new Ended(
        new Busy("The answer to COMMIT was lost, and what became of it is not known yet: " + why));
  }
}
