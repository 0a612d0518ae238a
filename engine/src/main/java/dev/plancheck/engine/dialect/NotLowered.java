// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.dialect;

/// Raised where a form that the grammar accepts has no place in our statements: the whole statement
/// becomes `NotAnalysed` with this reason. Never leaves a dialect.
public final class NotLowered extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String reason;

  public NotLowered(String what) {
    super(what, null, false, false);
    this.reason = what + " is not understood";
  }

  public String reason() {
    return reason;
  }
}
