// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.server.watch;

import dev.plancheck.checks.run.PlanCheckRun;

/// Who follows a run. Called by one thread at a time.
public interface Follower {
  /// False once the caller is gone.
  boolean isOpen();

  /// False while the caller has not taken what it was sent: states in between are then skipped.
  boolean isReady();

  /// The run as it is now: at once, and then after every change.
  void changed(PlanCheckRun run);

  /// Nothing changed for a while; tells proxies that the line is alive.
  void unchanged();

  /// The state that was last told is final.
  void ended();

  /// The watch ends early: the server stops, or storage failed.
  void failed(RuntimeException cause);
}
