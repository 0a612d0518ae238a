// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.gate;

/// What the gate needs to know about a plan's approval.
public sealed interface ApprovalState {
  /// The plan needs none, or has it, for exactly its present content.
  record Given() implements ApprovalState {}

  /// For people: `waits for the role dba`, `rejected by users/kim: too risky`.
  record Missing(String why) implements ApprovalState {}
}
