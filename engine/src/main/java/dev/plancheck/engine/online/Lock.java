// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.online;

/// What others cannot do while the work goes on. EXCLUSIVE is that of a new name for a table, which
/// takes a moment and no work: writes do not wait for it longer than for any other change.
public enum Lock {
  NONE,
  SHARED,
  EXCLUSIVE
}
