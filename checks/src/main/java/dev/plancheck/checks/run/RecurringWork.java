// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.run;

import java.time.Duration;

/// Work that is to be done again and again, by one process of all at a time. `every` is the pause
/// between two. The name is the same in all processes and over restarts.
public record RecurringWork(String name, Duration every, Work work) {
  /// What is done. A failure is logged and the work done again at its next turn.
  public interface Work {
    void run() throws InterruptedException;
  }
}
