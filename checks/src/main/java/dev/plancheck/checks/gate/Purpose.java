// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.gate;

/// What the gate is asked for.
public enum Purpose {
  /// May people decide on the plan? Needs its checks only.
  APPROVAL,
  /// May it change databases? Needs an approval, too, where one is asked for.
  ROLLOUT
}
