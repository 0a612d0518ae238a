// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.gate;

import org.jspecify.annotations.Nullable;

/// What the gate needs to know about a plan's approval.
public sealed interface ApprovalState {
  /// The plan needs none, or has it, for exactly its present content. `decision` is the id of the
  /// one that completed the approval; null where nobody had to decide.
  record Given(@Nullable Long decision) implements ApprovalState {
    public Given() {
      this(null);
    }
  }

  /// For people: `waits for the role dba`, `rejected by users/kim: too risky`.
  record Missing(String why) implements ApprovalState {}
}
